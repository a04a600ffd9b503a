// Fact 127: one taskDone() too many is a ValueError (test_task_done_underflow).

import type { CoroutineGenerator } from "asyncio-ts";
import { Queue } from "asyncio-ts";
import { kind, type Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const queue = new Queue();
  try {
    queue.taskDone();
  } catch (error) {
    print(kind(error));
  }
  queue.putNowait(1);
  // Before the item is taken is early, but not too often.
  queue.taskDone();
  print(String(queue));
  try {
    queue.taskDone();
  } catch (error) {
    print(kind(error));
  }
  yield* queue.join();
}

export async function native(print: Print): Promise<void> {
  const queue = new Queue();
  try {
    queue.taskDone();
  } catch (error) {
    print(kind(error));
  }
  queue.putNowait(1);
  // Before the item is taken is early, but not too often.
  queue.taskDone();
  print(String(queue));
  try {
    queue.taskDone();
  } catch (error) {
    print(kind(error));
  }
  await queue.join();
}
