// A PriorityQueue gives the smallest item first, with heapq's order inside.

import type { CoroutineGenerator } from "asyncio-ts";
import { PriorityQueue } from "asyncio-ts";
import type { Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const queue = new PriorityQueue();
  for (const item of [5, 3, 8, 1, 9, 2, 7, 3, 1, 6]) {
    yield* queue.put(item);
    print(String(queue));
  }
  while (!queue.empty()) {
    print(yield* queue.get(), String(queue));
  }
}

export async function native(print: Print): Promise<void> {
  const queue = new PriorityQueue();
  for (const item of [5, 3, 8, 1, 9, 2, 7, 3, 1, 6]) {
    await queue.put(item);
    print(String(queue));
  }
  while (!queue.empty()) {
    print(await queue.get(), String(queue));
  }
}
