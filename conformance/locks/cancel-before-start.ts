// Fact 114: a task that is cancelled before its first step never asks for the lock.

import type { CoroutineGenerator } from "asyncio-ts";
import { createTask, Lock, sleep } from "asyncio-ts";
import { type Print, state } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const lock = new Lock();
  yield* lock.acquire();
  const task = createTask(lock.acquire());
  task.cancel();
  yield* sleep(0);
  print(task.cancelled(), state(lock));
  lock.release();
  print(state(lock));
}

export async function native(print: Print): Promise<void> {
  const lock = new Lock();
  await lock.acquire();
  const task = createTask(lock.acquire());
  task.cancel();
  await sleep(0);
  print(task.cancelled(), state(lock));
  lock.release();
  print(state(lock));
}
