// Fact 114: a waiter that was woken is cancelled; the next is woken although the lock was not released again.

import type { CoroutineGenerator } from "asyncio-ts";
import { createTask, Lock, sleep } from "asyncio-ts";
import { type Print, state } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const lock = new Lock();
  yield* lock.acquire();
  const first = createTask(lock.acquire());
  yield* sleep(0);
  const second = createTask(lock.acquire());
  yield* sleep(0);
  print(state(lock));
  lock.release();
  first.cancel();
  yield* sleep(0);
  print(first.cancelled(), state(lock));
  print(Boolean(yield* second), state(lock));
}

export async function native(print: Print): Promise<void> {
  const lock = new Lock();
  await lock.acquire();
  const first = createTask(lock.acquire());
  await sleep(0);
  const second = createTask(lock.acquire());
  await sleep(0);
  print(state(lock));
  lock.release();
  first.cancel();
  await sleep(0);
  print(first.cancelled(), state(lock));
  print(Boolean(await second), state(lock));
}
