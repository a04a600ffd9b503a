// Fact 114: cancelling a waiter and releasing in one iteration locks exactly once.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, Lock, sleep } from "asyncio-ts";
import type { Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const lock = new Lock();
  let count = 0;

  const worker = coroutine(function* () {
    yield* lock.acquire();
    count++;
  });

  yield* lock.acquire();
  const first = createTask(worker());
  const second = createTask(worker());
  yield* sleep(0);

  getRunningLoop().callSoon(() => {
    first.cancel();
    lock.release();
  });
  try {
    yield* first;
  } catch {
    print("first cancelled", count);
  }
  yield* second;
  print(count, lock.locked(), first.cancelled(), second.done());
}

export async function native(print: Print): Promise<void> {
  const lock = new Lock();
  let count = 0;

  const worker = coroutine(async () => {
    await lock.acquire();
    count++;
  });

  await lock.acquire();
  const first = createTask(worker());
  const second = createTask(worker());
  await sleep(0);

  getRunningLoop().callSoon(() => {
    first.cancel();
    lock.release();
  });
  try {
    await first;
  } catch {
    print("first cancelled", count);
  }
  await second;
  print(count, lock.locked(), first.cancelled(), second.done());
}
