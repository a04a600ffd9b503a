// Producer and consumer on a queue of one item: who runs when, iteration by iteration.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, gather, getRunningLoop, Queue } from "asyncio-ts";
import { type Print, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const producer = coroutine(function* (queue: Queue, tick: () => number) {
    for (let i = 0; i < 5; i++) {
      yield* queue.put(i);
      print("put", i, "in", tick());
    }
  });
  const consumer = coroutine(function* (queue: Queue, tick: () => number) {
    for (let i = 0; i < 5; i++) {
      print(i, "got", yield* queue.get(), "in", tick());
    }
  });

  const tick = ticks(getRunningLoop());
  const queue = new Queue(1);
  yield* gather(producer(queue, tick), consumer(queue, tick));
  print(String(queue), "in", tick());
}

export async function native(print: Print): Promise<void> {
  const producer = coroutine(async (queue: Queue, tick: () => number) => {
    for (let i = 0; i < 5; i++) {
      await queue.put(i);
      print("put", i, "in", tick());
    }
  });
  const consumer = coroutine(async (queue: Queue, tick: () => number) => {
    for (let i = 0; i < 5; i++) {
      print(i, "got", await queue.get(), "in", tick());
    }
  });

  const tick = ticks(getRunningLoop());
  const queue = new Queue(1);
  await gather(producer(queue, tick), consumer(queue, tick));
  print(String(queue), "in", tick());
}
