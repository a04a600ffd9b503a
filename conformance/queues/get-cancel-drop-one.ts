// Fact 123: the only getter is woken and then cancelled: the item stays (test_get_cancel_drop_one_pending_reader).

import type { CoroutineGenerator } from "asyncio-ts";
import { createTask, getRunningLoop, Queue, sleep } from "asyncio-ts";
import { type Print, show, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const tick = ticks(getRunningLoop());
  const queue = new Queue();
  const reader = createTask(queue.get());
  yield* sleep(0);
  queue.putNowait(1);
  queue.putNowait(2);
  reader.cancel();
  try {
    yield* reader;
  } catch (error) {
    print(show(error), "in", tick());
  }
  print(String(queue));
  print(yield* createTask(queue.get()), String(queue), "in", tick());
}

export async function native(print: Print): Promise<void> {
  const tick = ticks(getRunningLoop());
  const queue = new Queue();
  const reader = createTask(queue.get());
  await sleep(0);
  queue.putNowait(1);
  queue.putNowait(2);
  reader.cancel();
  try {
    await reader;
  } catch (error) {
    print(show(error), "in", tick());
  }
  print(String(queue));
  print(await createTask(queue.get()), String(queue), "in", tick());
}
