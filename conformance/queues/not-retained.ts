// A task that is cancelled twice while it waits stands in the line only once.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, Queue, sleep } from "asyncio-ts";
import { type Print, show, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const stubborn = coroutine(function* (queue: Queue, tick: () => number) {
    for (let i = 0; i < 3; i++) {
      try {
        print("got", yield* queue.get(), "in", tick());
      } catch (error) {
        print(i, show(error), String(queue), "in", tick());
      }
    }
  });

  const tick = ticks(getRunningLoop());
  const queue = new Queue();
  const task = createTask(stubborn(queue, tick));
  yield* sleep(0);
  task.cancel();
  yield* sleep(0);
  print(String(queue));
  queue.putNowait("x");
  task.cancel();
  yield* sleep(0);
  print(String(queue));
  yield* task;
  print(String(queue), "in", tick());
}

export async function native(print: Print): Promise<void> {
  const stubborn = coroutine(async (queue: Queue, tick: () => number) => {
    for (let i = 0; i < 3; i++) {
      try {
        print("got", await queue.get(), "in", tick());
      } catch (error) {
        print(i, show(error), String(queue), "in", tick());
      }
    }
  });

  const tick = ticks(getRunningLoop());
  const queue = new Queue();
  const task = createTask(stubborn(queue, tick));
  await sleep(0);
  task.cancel();
  await sleep(0);
  print(String(queue));
  queue.putNowait("x");
  task.cancel();
  await sleep(0);
  print(String(queue));
  await task;
  print(String(queue), "in", tick());
}
