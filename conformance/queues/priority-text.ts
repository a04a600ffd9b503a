// Texts are ordered by code points.

import type { CoroutineGenerator } from "asyncio-ts";
import { PriorityQueue } from "asyncio-ts";
import type { Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const queue = new PriorityQueue();
  for (const item of ["b", "", "a", "B", "ab", "é", "a", "😀", "￿", "aa"]) {
    queue.putNowait(item);
  }
  while (!queue.empty()) {
    print(queue.getNowait());
  }
}

export async function native(print: Print): Promise<void> {
  const queue = new PriorityQueue();
  for (const item of ["b", "", "a", "B", "ab", "é", "a", "😀", "￿", "aa"]) {
    queue.putNowait(item);
  }
  while (!queue.empty()) {
    print(queue.getNowait());
  }
}
