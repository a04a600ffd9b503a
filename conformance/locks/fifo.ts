// Fact 113: a lock is handed over in the order of arrival; a waiter goes on in the iteration after the release.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, gather, getRunningLoop, Lock, sleep } from "asyncio-ts";
import { type Print, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const tick = ticks(getRunningLoop());
  const lock = new Lock();

  const worker = coroutine(function* (name: string) {
    print(name, Boolean(yield* lock.acquire()), "in", tick());
    yield* sleep(0);
    lock.release();
    print(name, "released", lock.locked(), "in", tick());
  });

  yield* gather([..."abcd"].map((name) => worker(name)));
  print(lock.locked());
}

export async function native(print: Print): Promise<void> {
  const tick = ticks(getRunningLoop());
  const lock = new Lock();

  const worker = coroutine(async (name: string) => {
    print(name, Boolean(await lock.acquire()), "in", tick());
    await sleep(0);
    lock.release();
    print(name, "released", lock.locked(), "in", tick());
  });

  await gather([..."abcd"].map((name) => worker(name)));
  print(lock.locked());
}
