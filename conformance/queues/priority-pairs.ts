// [priority, item] compare by their first difference, as Python's lists and tuples do.

import type { CoroutineGenerator } from "asyncio-ts";
import { PriorityQueue } from "asyncio-ts";
import type { Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const queue = new PriorityQueue();
  for (const item of [
    [2, "code"],
    [1, "eat"],
    [3, "sleep"],
    [1, "drink"],
    [1],
    [2, "code", 1],
    [0.5, []],
    [1, "eat", [3]],
    [1, "eat", [2, "x"]],
  ]) {
    queue.putNowait(item);
  }
  print(String(queue));
  while (!queue.empty()) {
    print(queue.getNowait());
  }
}

export async function native(print: Print): Promise<void> {
  const queue = new PriorityQueue();
  for (const item of [
    [2, "code"],
    [1, "eat"],
    [3, "sleep"],
    [1, "drink"],
    [1],
    [2, "code", 1],
    [0.5, []],
    [1, "eat", [3]],
    [1, "eat", [2, "x"]],
  ]) {
    queue.putNowait(item);
  }
  print(String(queue));
  while (!queue.empty()) {
    print(queue.getNowait());
  }
}
