// Fact 113: between the release and the next holder's step the lock is unlocked, but a newcomer does not get it.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, Lock, sleep } from "asyncio-ts";
import { type Print, state, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const tick = ticks(getRunningLoop());
  const lock = new Lock();

  const worker = coroutine(function* (name: string) {
    yield* lock.runExclusive(function* () {
      print(name, "in", tick());
    });
  });

  yield* lock.acquire();
  const first = createTask(worker("first"));
  yield* sleep(0);
  lock.release();
  print(lock.locked(), state(lock));
  yield* worker("newcomer");
  yield* first;
  print(state(lock));
}

export async function native(print: Print): Promise<void> {
  const tick = ticks(getRunningLoop());
  const lock = new Lock();

  const worker = coroutine(async (name: string) => {
    await lock.runExclusive(async () => {
      print(name, "in", tick());
    });
  });

  await lock.acquire();
  const first = createTask(worker("first"));
  await sleep(0);
  lock.release();
  print(lock.locked(), state(lock));
  await worker("newcomer");
  await first;
  print(state(lock));
}
