// Fact 114: of several waiters the woken one is cancelled while newcomers queue; nobody hangs.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, gather, Lock, sleep, wait } from "asyncio-ts";
import { type Print, state } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const lock = new Lock();

  const worker = coroutine(function* (name: string) {
    yield* lock.runExclusive(function* () {
      print(name);
      yield* sleep(0);
      yield* sleep(0);
    });
  });

  const canceller = coroutine(function* () {
    for (const task of tasks.slice(1, 3)) {
      yield* sleep(0);
      yield* sleep(0);
      task.cancel();
    }
    tasks.push(createTask(worker("late")));
  });

  const tasks = [..."abcd"].map((name) => createTask(worker(name)));
  yield* gather(canceller());
  yield* wait(tasks);
  print(
    tasks.map((task) => task.cancelled()),
    state(lock),
  );
}

export async function native(print: Print): Promise<void> {
  const lock = new Lock();

  const worker = coroutine(async (name: string) => {
    await lock.runExclusive(async () => {
      print(name);
      await sleep(0);
      await sleep(0);
    });
  });

  const canceller = coroutine(async () => {
    for (const task of tasks.slice(1, 3)) {
      await sleep(0);
      await sleep(0);
      task.cancel();
    }
    tasks.push(createTask(worker("late")));
  });

  const tasks = [..."abcd"].map((name) => createTask(worker(name)));
  await gather(canceller());
  await wait(tasks);
  print(
    tasks.map((task) => task.cancelled()),
    state(lock),
  );
}
