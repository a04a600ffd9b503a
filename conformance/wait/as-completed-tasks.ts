// Fact 74: asynchronous iteration of as_completed() gives the same tasks back, finished; it can be resumed after a
// break.

import type { Task } from "asyncio-ts";
import { asCompleted, coroutine, createTask, getRunningLoop, isFuture, sleep } from "asyncio-ts";
import type { Print } from "../twin.ts";

export async function native(print: Print): Promise<void> {
  const child = coroutine(async (delay: number) => {
    await sleep(delay);
    return delay;
  });

  const loop = getRunningLoop();
  const tasks = [3, 1, 2].map((delay) => createTask(child(delay)));
  // The compiler types what `for await` gives here as number (see AsCompleted); at run time it is the future.
  const same = (value: unknown): Task<number> => value as Task<number>;
  const iterator = asCompleted(tasks);
  for await (const given of iterator) {
    const task = same(given);
    print(tasks.indexOf(task), task.done(), task.result(), loop.time());
    break;
  }
  for await (const given of iterator) {
    const task = same(given);
    print(tasks.indexOf(task), task.done(), task.result(), loop.time());
  }
  for await (const given of asCompleted([child(1)])) {
    print(isFuture(given), same(given).result(), loop.time());
  }
}
