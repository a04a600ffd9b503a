// Fact 113: a task that releases the lock and asks again is behind the one that waits.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, gather, getRunningLoop, Lock, sleep } from "asyncio-ts";
import { type Print, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const tick = ticks(getRunningLoop(), 40);
  const lock = new Lock();

  const worker = coroutine(function* (name: string) {
    for (let i = 0; i < 3; i++) {
      yield* lock.acquire();
      print(name, i, "in", tick());
      yield* sleep(0);
      lock.release();
    }
  });

  yield* gather(worker("a"), worker("b"));
}

export async function native(print: Print): Promise<void> {
  const tick = ticks(getRunningLoop(), 40);
  const lock = new Lock();

  const worker = coroutine(async (name: string) => {
    for (let i = 0; i < 3; i++) {
      await lock.acquire();
      print(name, i, "in", tick());
      await sleep(0);
      lock.release();
    }
  });

  await gather(worker("a"), worker("b"));
}
