// A semaphore lets in as many as it has permits, the others in the order of arrival.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, gather, getRunningLoop, Semaphore, sleep } from "asyncio-ts";
import { type Print, state, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const tick = ticks(getRunningLoop());
  const semaphore = new Semaphore(2);

  const worker = coroutine(function* (name: string) {
    print(name, Boolean(yield* semaphore.acquire()), state(semaphore), "in", tick());
    yield* sleep(0);
    semaphore.release();
    print(name, "released", state(semaphore), "in", tick());
  });

  yield* gather([..."abcde"].map((name) => worker(name)));
  print(state(semaphore), semaphore.locked());
}

export async function native(print: Print): Promise<void> {
  const tick = ticks(getRunningLoop());
  const semaphore = new Semaphore(2);

  const worker = coroutine(async (name: string) => {
    print(name, Boolean(await semaphore.acquire()), state(semaphore), "in", tick());
    await sleep(0);
    semaphore.release();
    print(name, "released", state(semaphore), "in", tick());
  });

  await gather([..."abcde"].map((name) => worker(name)));
  print(state(semaphore), semaphore.locked());
}
