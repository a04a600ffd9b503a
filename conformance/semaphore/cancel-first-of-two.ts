// Fact 120: the first of two that wait is cancelled when the permit is there already: the second gets it.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, Semaphore, sleep, wait } from "asyncio-ts";
import { type Print, state, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const tick = ticks(getRunningLoop());
  const semaphore = new Semaphore(1);

  const worker = coroutine(function* (name: string, pause: number) {
    yield* semaphore.runExclusive(function* () {
      print(name, "in", tick());
      for (let i = 0; i < pause; i++) yield* sleep(0);
    });
  });

  const first = createTask(worker("first", 2));
  yield* sleep(0);
  const second = createTask(worker("second", 0));
  const third = createTask(worker("third", 0));
  yield* sleep(0);
  second.cancel();
  yield* sleep(0);
  print(state(semaphore), "in", tick());
  yield* wait([first, second, third]);
  print(second.cancelled(), state(semaphore));
}

export async function native(print: Print): Promise<void> {
  const tick = ticks(getRunningLoop());
  const semaphore = new Semaphore(1);

  const worker = coroutine(async (name: string, pause: number) => {
    await semaphore.runExclusive(async () => {
      print(name, "in", tick());
      for (let i = 0; i < pause; i++) await sleep(0);
    });
  });

  const first = createTask(worker("first", 2));
  await sleep(0);
  const second = createTask(worker("second", 0));
  const third = createTask(worker("third", 0));
  await sleep(0);
  second.cancel();
  await sleep(0);
  print(state(semaphore), "in", tick());
  await wait([first, second, third]);
  print(second.cancelled(), state(semaphore));
}
