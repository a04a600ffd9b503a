// Fact 124: a getter that ran out of time is not kept (test_cancelled_getters_not_being_held_in_self_getters).

import type { CoroutineGenerator } from "asyncio-ts";
import { createTask, Queue, sleep, waitFor } from "asyncio-ts";
import { kind, type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const queue = new Queue(5);
  try {
    yield* waitFor(queue.get(), 0.1);
  } catch (error) {
    print(kind(error));
  }
  print(String(queue));
  for (let i = 0; i < 5; i++) {
    queue.putNowait(i);
  }
  // test_cancelled_puts_not_being_held_in_self_putters
  const task = createTask(queue.put(5));
  yield* sleep(0);
  print(String(queue));
  task.cancel();
  try {
    yield* task;
  } catch (error) {
    print(show(error));
  }
  print(String(queue));
  print(yield* waitFor(queue.get(), 0.1));
}

export async function native(print: Print): Promise<void> {
  const queue = new Queue(5);
  try {
    await waitFor(queue.get(), 0.1);
  } catch (error) {
    print(kind(error));
  }
  print(String(queue));
  for (let i = 0; i < 5; i++) {
    queue.putNowait(i);
  }
  // test_cancelled_puts_not_being_held_in_self_putters
  const task = createTask(queue.put(5));
  await sleep(0);
  print(String(queue));
  task.cancel();
  try {
    await task;
  } catch (error) {
    print(show(error));
  }
  print(String(queue));
  print(await waitFor(queue.get(), 0.1));
}
