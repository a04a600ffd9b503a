// As in asyncio a lock does not belong to the task that acquired it.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, Lock } from "asyncio-ts";
import { type Print, state } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const lock = new Lock();

  const acquire = coroutine(function* () {
    yield* lock.acquire();
    print("acquired");
  });

  const release = coroutine(function* () {
    lock.release();
    print("released", state(lock));
  });

  for (let i = 0; i < 2; i++) {
    yield* createTask(acquire());
    print(state(lock));
    yield* createTask(release());
  }
}

export async function native(print: Print): Promise<void> {
  const lock = new Lock();

  const acquire = coroutine(async () => {
    await lock.acquire();
    print("acquired");
  });

  const release = coroutine(async () => {
    lock.release();
    print("released", state(lock));
  });

  for (let i = 0; i < 2; i++) {
    await createTask(acquire());
    print(state(lock));
    await createTask(release());
  }
}
