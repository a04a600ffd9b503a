// test_maxsize: a putter waits for room and goes on one iteration after an item was taken.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, Queue, sleep } from "asyncio-ts";
import { type Print, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const putter = coroutine(function* (queue: Queue, tick: () => number) {
    for (let i = 0; i < 3; i++) {
      yield* queue.put(i);
      print("put", i, "in", tick());
    }
  });

  const tick = ticks(getRunningLoop());
  const queue = new Queue(2);
  const task = createTask(putter(queue, tick));
  yield* sleep(0);
  yield* sleep(0);
  print(String(queue), "in", tick());
  print(yield* queue.get(), "in", tick());
  yield* sleep(0);
  print(yield* queue.get(), yield* queue.get(), task.done(), "in", tick());
  yield* task;
}

export async function native(print: Print): Promise<void> {
  const putter = coroutine(async (queue: Queue, tick: () => number) => {
    for (let i = 0; i < 3; i++) {
      await queue.put(i);
      print("put", i, "in", tick());
    }
  });

  const tick = ticks(getRunningLoop());
  const queue = new Queue(2);
  const task = createTask(putter(queue, tick));
  await sleep(0);
  await sleep(0);
  print(String(queue), "in", tick());
  print(await queue.get(), "in", tick());
  await sleep(0);
  print(await queue.get(), await queue.get(), task.done(), "in", tick());
  await task;
}
