// Fact 119: a waiter is cancelled when the permit comes; those behind it keep their order.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, Semaphore, sleep, wait } from "asyncio-ts";
import { type Print, state, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const tick = ticks(getRunningLoop());
  const semaphore = new Semaphore(1);

  const worker = coroutine(function* (name: string) {
    try {
      yield* semaphore.acquire();
    } catch (error) {
      print(name, "cancelled", state(semaphore), "in", tick());
      throw error;
    }
    print(name, "has it", state(semaphore), "in", tick());
    yield* sleep(0);
    semaphore.release();
  });

  yield* semaphore.acquire();
  const tasks = [..."abc"].map((name) => createTask(worker(name)));
  yield* sleep(0);
  tasks[0]!.cancel();
  semaphore.release();
  print(state(semaphore), "in", tick());
  tasks.push(createTask(worker("late")));
  yield* wait(tasks);
  print(
    tasks.map((task) => task.cancelled()),
    state(semaphore),
  );
}

export async function native(print: Print): Promise<void> {
  const tick = ticks(getRunningLoop());
  const semaphore = new Semaphore(1);

  const worker = coroutine(async (name: string) => {
    try {
      await semaphore.acquire();
    } catch (error) {
      print(name, "cancelled", state(semaphore), "in", tick());
      throw error;
    }
    print(name, "has it", state(semaphore), "in", tick());
    await sleep(0);
    semaphore.release();
  });

  await semaphore.acquire();
  const tasks = [..."abc"].map((name) => createTask(worker(name)));
  await sleep(0);
  tasks[0]!.cancel();
  semaphore.release();
  print(state(semaphore), "in", tick());
  tasks.push(createTask(worker("late")));
  await wait(tasks);
  print(
    tasks.map((task) => task.cancelled()),
    state(semaphore),
  );
}
