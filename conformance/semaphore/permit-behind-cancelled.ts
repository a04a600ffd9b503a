// Fact 120: newcomers queue behind cancelled waiters while there are permits; they are let in when these have left.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, Semaphore, sleep, wait } from "asyncio-ts";
import { type Print, state, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const tick = ticks(getRunningLoop());
  const semaphore = new Semaphore(1);

  const worker = coroutine(function* (name: string) {
    try {
      yield* semaphore.acquire();
      print(name, state(semaphore), "in", tick());
    } catch (error) {
      print(name, "cancelled", state(semaphore), "in", tick());
      throw error;
    }
  });

  yield* semaphore.acquire();
  const tasks = [..."ab"].map((name) => createTask(worker(name)));
  yield* sleep(0);
  semaphore.release();
  semaphore.release();
  semaphore.release();
  for (const task of tasks) task.cancel();
  print(state(semaphore), semaphore.locked());
  const newcomers = [..."xyz"].map((name) => createTask(worker(name)));
  yield* wait([...tasks, ...newcomers]);
  print(state(semaphore), semaphore.locked());
}

export async function native(print: Print): Promise<void> {
  const tick = ticks(getRunningLoop());
  const semaphore = new Semaphore(1);

  const worker = coroutine(async (name: string) => {
    try {
      await semaphore.acquire();
      print(name, state(semaphore), "in", tick());
    } catch (error) {
      print(name, "cancelled", state(semaphore), "in", tick());
      throw error;
    }
  });

  await semaphore.acquire();
  const tasks = [..."ab"].map((name) => createTask(worker(name)));
  await sleep(0);
  semaphore.release();
  semaphore.release();
  semaphore.release();
  for (const task of tasks) task.cancel();
  print(state(semaphore), semaphore.locked());
  const newcomers = [..."xyz"].map((name) => createTask(worker(name)));
  await wait([...tasks, ...newcomers]);
  print(state(semaphore), semaphore.locked());
}
