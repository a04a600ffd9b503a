// Fact 119: a newcomer waits although there is a permit, when others wait already.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, Semaphore, sleep } from "asyncio-ts";
import { type Print, state, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const tick = ticks(getRunningLoop());
  const semaphore = new Semaphore(0);

  const worker = coroutine(function* (name: string) {
    yield* semaphore.acquire();
    print(name, state(semaphore), "in", tick());
  });

  const first = createTask(worker("first"));
  yield* sleep(0);
  semaphore.release();
  semaphore.release();
  print(state(semaphore), semaphore.locked());
  yield* worker("newcomer");
  yield* first;
  print(state(semaphore), semaphore.locked());
}

export async function native(print: Print): Promise<void> {
  const tick = ticks(getRunningLoop());
  const semaphore = new Semaphore(0);

  const worker = coroutine(async (name: string) => {
    await semaphore.acquire();
    print(name, state(semaphore), "in", tick());
  });

  const first = createTask(worker("first"));
  await sleep(0);
  semaphore.release();
  semaphore.release();
  print(state(semaphore), semaphore.locked());
  await worker("newcomer");
  await first;
  print(state(semaphore), semaphore.locked());
}
