// Fact 120: the woken waiter is cancelled while two more wait; both get in.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, Semaphore, sleep, wait } from "asyncio-ts";
import { type Print, state } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const semaphore = new Semaphore(1);

  const worker = coroutine(function* (name: string, delay: number) {
    yield* semaphore.runExclusive(function* () {
      print(name, state(semaphore));
      yield* sleep(delay);
    });
  });

  const tasks = (
    [
      ["a", 1],
      ["b", 0],
      ["c", 0],
      ["d", 0],
    ] as const
  ).map(([name, delay]) => createTask(worker(name, delay)));
  getRunningLoop().callLater(1, () => {
    tasks[1]!.cancel();
    tasks[2]!.cancel();
  });
  yield* wait(tasks);
  print(
    tasks.map((task) => task.cancelled()),
    state(semaphore),
  );
}

export async function native(print: Print): Promise<void> {
  const semaphore = new Semaphore(1);

  const worker = coroutine(async (name: string, delay: number) => {
    await semaphore.runExclusive(async () => {
      print(name, state(semaphore));
      await sleep(delay);
    });
  });

  const tasks = (
    [
      ["a", 1],
      ["b", 0],
      ["c", 0],
      ["d", 0],
    ] as const
  ).map(([name, delay]) => createTask(worker(name, delay)));
  getRunningLoop().callLater(1, () => {
    tasks[1]!.cancel();
    tasks[2]!.cancel();
  });
  await wait(tasks);
  print(
    tasks.map((task) => task.cancelled()),
    state(semaphore),
  );
}
