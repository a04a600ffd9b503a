// Fact 114: a waiter that is cancelled after it was woken, before it goes on, hands the lock to the next.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, Lock, sleep, wait } from "asyncio-ts";
import { type Print, show, state, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const tick = ticks(getRunningLoop());
  const lock = new Lock();

  const worker = coroutine(function* (name: string) {
    try {
      yield* lock.acquire();
    } catch (error) {
      print(name, show(error), state(lock), "in", tick());
      throw error;
    }
    print(name, "has it in", tick());
    lock.release();
  });

  yield* lock.acquire();
  const tasks = [..."abc"].map((name) => createTask(worker(name)));
  yield* sleep(0);
  lock.release();
  print(tasks[0]!.cancel("too late"), state(lock));
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
      print(name, show(error), state(lock), "in", tick());
      throw error;
    }
    print(name, "has it in", tick());
    lock.release();
  });

  await lock.acquire();
  const tasks = [..."abc"].map((name) => createTask(worker(name)));
  await sleep(0);
  lock.release();
  print(tasks[0]!.cancel("too late"), state(lock));
  await wait(tasks);
  print(
    tasks.map((task) => task.cancelled()),
    state(lock),
  );
}
