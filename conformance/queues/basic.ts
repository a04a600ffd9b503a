// asyncio's test_empty, test_full, test_order: a queue is first in, first out; put() and get() that need not wait do not suspend.

import type { CoroutineGenerator } from "asyncio-ts";
import { getRunningLoop, Queue } from "asyncio-ts";
import { type Print, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const tick = ticks(getRunningLoop());
  const queue = new Queue();
  print(queue.qsize(), queue.empty(), queue.full(), queue.maxsize);
  for (const item of [1, 3, 2]) {
    yield* queue.put(item);
  }
  print(queue.qsize(), queue.empty(), queue.full(), "in", tick());
  print(yield* queue.get(), yield* queue.get(), queue.getNowait(), "in", tick());
  const small = new Queue(2);
  small.putNowait("a");
  print(small.full(), small.maxsize);
  small.putNowait("b");
  print(small.full());
}

export async function native(print: Print): Promise<void> {
  const tick = ticks(getRunningLoop());
  const queue = new Queue();
  print(queue.qsize(), queue.empty(), queue.full(), queue.maxsize);
  for (const item of [1, 3, 2]) {
    await queue.put(item);
  }
  print(queue.qsize(), queue.empty(), queue.full(), "in", tick());
  print(await queue.get(), await queue.get(), queue.getNowait(), "in", tick());
  const small = new Queue(2);
  small.putNowait("a");
  print(small.full(), small.maxsize);
  small.putNowait("b");
  print(small.full());
}
