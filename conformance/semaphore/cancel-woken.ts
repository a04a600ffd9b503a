// Fact 120: a waiter that is cancelled after it got its permit gives it to the next.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, Semaphore, sleep, wait } from "asyncio-ts";
import { type Print, show, state, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const tick = ticks(getRunningLoop());
  const semaphore = new Semaphore(0);

  const worker = coroutine(function* (name: string) {
    try {
      yield* semaphore.acquire();
      print(name, "has it", state(semaphore), "in", tick());
    } catch (error) {
      print(name, show(error), state(semaphore), "in", tick());
      throw error;
    }
  });

  const tasks = [..."abcd"].map((name) => createTask(worker(name)));
  yield* sleep(0);
  semaphore.release();
  semaphore.release();
  tasks[0]!.cancel("no");
  print(state(semaphore));
  yield* wait(tasks.slice(0, 3));
  print(
    tasks.map((task) => task.done()),
    state(semaphore),
  );
  semaphore.release();
  tasks[3]!.cancel("no more");
  yield* wait(tasks);
  print(state(semaphore));
}

export async function native(print: Print): Promise<void> {
  const tick = ticks(getRunningLoop());
  const semaphore = new Semaphore(0);

  const worker = coroutine(async (name: string) => {
    try {
      await semaphore.acquire();
      print(name, "has it", state(semaphore), "in", tick());
    } catch (error) {
      print(name, show(error), state(semaphore), "in", tick());
      throw error;
    }
  });

  const tasks = [..."abcd"].map((name) => createTask(worker(name)));
  await sleep(0);
  semaphore.release();
  semaphore.release();
  tasks[0]!.cancel("no");
  print(state(semaphore));
  await wait(tasks.slice(0, 3));
  print(
    tasks.map((task) => task.done()),
    state(semaphore),
  );
  semaphore.release();
  tasks[3]!.cancel("no more");
  await wait(tasks);
  print(state(semaphore));
}
