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
  // Typed by hand: what the compiler makes of `for await` over AsCompleted depends on whether it is the first one it sees.
  const finished = (given: unknown): AsyncIterable<unknown> => given as AsyncIterable<unknown>;
  const same = (given: unknown): Task<number> => given as Task<number>;
  const iterator = finished(asCompleted(tasks));
  for await (const given of iterator) {
    const task = same(given);
    print(tasks.indexOf(task), task.done(), task.result(), loop.time());
    break;
  }
  for await (const given of iterator) {
    const task = same(given);
    print(tasks.indexOf(task), task.done(), task.result(), loop.time());
  }
  for await (const given of finished(asCompleted([child(1)]))) {
    print(isFuture(given), same(given).result(), loop.time());
  }
}
