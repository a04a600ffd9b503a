// Fact 74: asynchronous iteration of as_completed() gives the same tasks back, finished; it can be resumed after a break.
import { asCompleted, coroutine, createTask, getRunningLoop, isFuture, sleep } from "asyncio-ts";
import type { Task } from "asyncio-ts";
import type { Print } from "../twin.ts";

export async function native(print: Print): Promise<void> {
  const child = coroutine(async (delay: number) => {
    await sleep(delay);
    return delay;
  });

  const loop = getRunningLoop();
  const tasks = [3, 1, 2].map((delay) => createTask(child(delay)));
  const iterator = asCompleted(tasks);
  for await (const task of iterator) {
    print(tasks.indexOf(task as Task<number>), task.done(), task.result(), loop.time());
    break;
  }
  for await (const task of iterator) {
    print(tasks.indexOf(task as Task<number>), task.done(), task.result(), loop.time());
  }
  for await (const future of asCompleted([child(1)])) {
    print(isFuture(future), future.result(), loop.time());
  }
}
