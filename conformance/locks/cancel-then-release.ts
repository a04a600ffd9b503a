// Fact 114: the first waiter is cancelled, then the lock released in the same iteration: the second gets it one iteration later.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, Lock, sleep, wait } from "asyncio-ts";
import { type Print, state, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const tick = ticks(getRunningLoop());
  const lock = new Lock();

  const worker = coroutine(function* (name: string) {
    try {
      yield* lock.acquire();
    } catch (error) {
      print(name, "cancelled", state(lock), "in", tick());
      throw error;
    }
    print(name, "has it", state(lock), "in", tick());
  });

  yield* lock.acquire();
  const tasks = [..."ab"].map((name) => createTask(worker(name)));
  yield* sleep(0);
  tasks[0]!.cancel();
  lock.release();
  print(state(lock), "in", tick());
  yield* wait(tasks);
  print(
    tasks.map((task) => task.cancelled()),
    state(lock),
  );
}

export async function native(print: Print): Promise<void> {
  const tick = ticks(getRunningLoop());
  const lock = new Lock();

  const worker = coroutine(async (name: string) => {
    try {
      await lock.acquire();
    } catch (error) {
      print(name, "cancelled", state(lock), "in", tick());
      throw error;
    }
    print(name, "has it", state(lock), "in", tick());
  });

  await lock.acquire();
  const tasks = [..."ab"].map((name) => createTask(worker(name)));
  await sleep(0);
  tasks[0]!.cancel();
  lock.release();
  print(state(lock), "in", tick());
  await wait(tasks);
  print(
    tasks.map((task) => task.cancelled()),
    state(lock),
  );
}
