// Fact 114: each of several waiters is cancelled in the iteration in which it was woken; the last one gets the lock.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, Lock, sleep } from "asyncio-ts";
import { type Print, state, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const tick = ticks(getRunningLoop());
  const lock = new Lock();

  const worker = coroutine(function* (name: string) {
    yield* lock.acquire();
    print(name, "has it in", tick());
    lock.release();
  });

  yield* lock.acquire();
  const tasks = [..."abcd"].map((name) => createTask(worker(name)));
  yield* sleep(0);
  lock.release();
  for (const task of tasks.slice(0, 3)) {
    task.cancel();
    yield* sleep(0);
    print(state(lock), "in", tick());
  }
  yield* tasks[3]!;
  print(
    tasks.map((task) => task.cancelled()),
    state(lock),
  );
}

export async function native(print: Print): Promise<void> {
  const tick = ticks(getRunningLoop());
  const lock = new Lock();

  const worker = coroutine(async (name: string) => {
    await lock.acquire();
    print(name, "has it in", tick());
    lock.release();
  });

  await lock.acquire();
  const tasks = [..."abcd"].map((name) => createTask(worker(name)));
  await sleep(0);
  lock.release();
  for (const task of tasks.slice(0, 3)) {
    task.cancel();
    await sleep(0);
    print(state(lock), "in", tick());
  }
  await tasks[3]!;
  print(
    tasks.map((task) => task.cancelled()),
    state(lock),
  );
}
