// Fact 113: a free lock is acquired without giving up the turn.

import type { CoroutineGenerator } from "asyncio-ts";
import { getRunningLoop, Lock, sleep } from "asyncio-ts";
import type { Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const lock = new Lock();
  getRunningLoop().callSoon(print, "next iteration");
  for (let i = 0; i < 3; i++) {
    print(Boolean(yield* lock.acquire()), lock.locked());
    lock.release();
  }
  yield* lock.runExclusive(function* () {
    print("inside", lock.locked());
  });
  print("after", lock.locked());
  yield* sleep(0);
}

export async function native(print: Print): Promise<void> {
  const lock = new Lock();
  getRunningLoop().callSoon(print, "next iteration");
  for (let i = 0; i < 3; i++) {
    print(Boolean(await lock.acquire()), lock.locked());
    lock.release();
  }
  await lock.runExclusive(async () => {
    print("inside", lock.locked());
  });
  print("after", lock.locked());
  await sleep(0);
}
