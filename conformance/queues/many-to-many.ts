// Three producers and two consumers on a queue of two: every item once, in CPython's order.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, gather, getRunningLoop, Queue } from "asyncio-ts";
import { type Print, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const producer = coroutine(function* (name: string, queue: Queue) {
    for (let i = 0; i < 4; i++) {
      yield* queue.put([name, i]);
    }
  });
  const consumer = coroutine(function* (name: string, queue: Queue, tick: () => number) {
    for (let i = 0; i < 6; i++) {
      const item = yield* queue.get();
      print(name, i, item, "in", tick());
      queue.taskDone();
    }
  });

  const tick = ticks(getRunningLoop());
  const queue = new Queue(2);
  yield* gather(
    producer("a", queue),
    consumer("x", queue, tick),
    producer("b", queue),
    producer("c", queue),
    consumer("y", queue, tick),
  );
  yield* queue.join();
  print(String(queue), "in", tick());
}

export async function native(print: Print): Promise<void> {
  const producer = coroutine(async (name: string, queue: Queue) => {
    for (let i = 0; i < 4; i++) {
      await queue.put([name, i]);
    }
  });
  const consumer = coroutine(async (name: string, queue: Queue, tick: () => number) => {
    for (let i = 0; i < 6; i++) {
      const item = await queue.get();
      print(name, i, item, "in", tick());
      queue.taskDone();
    }
  });

  const tick = ticks(getRunningLoop());
  const queue = new Queue(2);
  await gather(
    producer("a", queue),
    consumer("x", queue, tick),
    producer("b", queue),
    producer("c", queue),
    consumer("y", queue, tick),
  );
  await queue.join();
  print(String(queue), "in", tick());
}
