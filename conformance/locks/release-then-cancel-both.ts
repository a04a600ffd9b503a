// Fact 114: the lock is released, then both that wait are cancelled: it stays free.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, Lock, sleep, wait } from "asyncio-ts";
import { type Print, state } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const lock = new Lock();

  const worker = coroutine(function* (name: string) {
    try {
      yield* lock.acquire();
    } catch (error) {
      print(name, "cancelled", state(lock));
      throw error;
    }
  });

  yield* lock.acquire();
  const tasks = [..."ab"].map((name) => createTask(worker(name)));
  yield* sleep(0);
  lock.release();
  tasks[1]!.cancel();
  tasks[0]!.cancel();
  yield* wait(tasks);
  print(
    tasks.map((task) => task.cancelled()),
    state(lock),
  );
  print(Boolean(yield* lock.acquire()));
}

export async function native(print: Print): Promise<void> {
  const lock = new Lock();

  const worker = coroutine(async (name: string) => {
    try {
      await lock.acquire();
    } catch (error) {
      print(name, "cancelled", state(lock));
      throw error;
    }
  });

  await lock.acquire();
  const tasks = [..."ab"].map((name) => createTask(worker(name)));
  await sleep(0);
  lock.release();
  tasks[1]!.cancel();
  tasks[0]!.cancel();
  await wait(tasks);
  print(
    tasks.map((task) => task.cancelled()),
    state(lock),
  );
  print(Boolean(await lock.acquire()));
}
