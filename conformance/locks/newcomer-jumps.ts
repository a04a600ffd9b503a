// Fact 113: when all that wait are cancelled, a newcomer gets the lock before they have left.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, gather, getRunningLoop, Lock, sleep } from "asyncio-ts";
import { type Print, state, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const tick = ticks(getRunningLoop());
  const lock = new Lock();

  const worker = coroutine(function* (name: string) {
    try {
      yield* lock.runExclusive(function* () {
        print(name, "in", tick());
      });
    } catch {
      print(name, "cancelled in", tick());
    }
  });

  yield* lock.acquire();
  const tasks = [..."ab"].map((name) => createTask(worker(name)));
  yield* sleep(0);
  tasks[0]!.cancel();
  lock.release();
  print(state(lock));
  tasks[1]!.cancel();
  yield* worker("newcomer");
  print(state(lock));
  yield* gather(tasks);
  print(state(lock));
}

export async function native(print: Print): Promise<void> {
  const tick = ticks(getRunningLoop());
  const lock = new Lock();

  const worker = coroutine(async (name: string) => {
    try {
      await lock.runExclusive(async () => {
        print(name, "in", tick());
      });
    } catch {
      print(name, "cancelled in", tick());
    }
  });

  await lock.acquire();
  const tasks = [..."ab"].map((name) => createTask(worker(name)));
  await sleep(0);
  tasks[0]!.cancel();
  lock.release();
  print(state(lock));
  tasks[1]!.cancel();
  await worker("newcomer");
  print(state(lock));
  await gather(tasks);
  print(state(lock));
}
