// Fact 121: releasing a lock that is not locked is an error.

import type { CoroutineGenerator } from "asyncio-ts";
import { Lock } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const lock = new Lock();
  for (let i = 0; i < 2; i++) {
    try {
      lock.release();
    } catch (error) {
      print(show(error));
    }
    yield* lock.acquire();
    lock.release();
  }
  print(lock.locked());
}

export async function native(print: Print): Promise<void> {
  const lock = new Lock();
  for (let i = 0; i < 2; i++) {
    try {
      lock.release();
    } catch (error) {
      print(show(error));
    }
    await lock.acquire();
    lock.release();
  }
  print(lock.locked());
}
