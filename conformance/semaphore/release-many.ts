// Fact 119: several permits in one iteration wake several, in order; what nobody wants is left.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, Semaphore, sleep, wait } from "asyncio-ts";
import { type Print, state, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const tick = ticks(getRunningLoop());
  const semaphore = new Semaphore(0);

  const worker = coroutine(function* (name: string) {
    yield* semaphore.acquire();
    print(name, state(semaphore), "in", tick());
  });

  const tasks = [..."abcd"].map((name) => createTask(worker(name)));
  yield* sleep(0);
  for (let i = 0; i < 2; i++) semaphore.release();
  print(state(semaphore), "in", tick());
  yield* sleep(0);
  tasks[2]!.cancel();
  for (let i = 0; i < 3; i++) semaphore.release();
  print(state(semaphore), "in", tick());
  yield* wait(tasks);
  print(
    tasks.map((task) => task.cancelled()),
    state(semaphore),
  );
}

export async function native(print: Print): Promise<void> {
  const tick = ticks(getRunningLoop());
  const semaphore = new Semaphore(0);

  const worker = coroutine(async (name: string) => {
    await semaphore.acquire();
    print(name, state(semaphore), "in", tick());
  });

  const tasks = [..."abcd"].map((name) => createTask(worker(name)));
  await sleep(0);
  for (let i = 0; i < 2; i++) semaphore.release();
  print(state(semaphore), "in", tick());
  await sleep(0);
  tasks[2]!.cancel();
  for (let i = 0; i < 3; i++) semaphore.release();
  print(state(semaphore), "in", tick());
  await wait(tasks);
  print(
    tasks.map((task) => task.cancelled()),
    state(semaphore),
  );
}
