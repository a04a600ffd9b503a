// Fact 122: a waiter that is cancelled makes its place free, so that one more has to come.

import type { CoroutineGenerator } from "asyncio-ts";
import { Barrier, coroutine, createTask, sleep, wait } from "asyncio-ts";
import { type Print, show, state } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const barrier = new Barrier(3);

  const worker = coroutine(function* (name: string) {
    try {
      print(name, yield* barrier.wait(), state(barrier));
    } catch (error) {
      print(name, show(error), state(barrier));
      throw error;
    }
  });

  const tasks = [..."ab"].map((name) => createTask(worker(name)));
  yield* sleep(0);
  tasks[0]!.cancel("leave");
  yield* wait(tasks.slice(0, 1));
  print(state(barrier), barrier.nWaiting);
  tasks.push(...[..."cd"].map((name) => createTask(worker(name))));
  yield* wait(tasks);
  print(
    tasks.map((task) => task.cancelled()),
    state(barrier),
  );
}

export async function native(print: Print): Promise<void> {
  const barrier = new Barrier(3);

  const worker = coroutine(async (name: string) => {
    try {
      print(name, await barrier.wait(), state(barrier));
    } catch (error) {
      print(name, show(error), state(barrier));
      throw error;
    }
  });

  const tasks = [..."ab"].map((name) => createTask(worker(name)));
  await sleep(0);
  tasks[0]!.cancel("leave");
  await wait(tasks.slice(0, 1));
  print(state(barrier), barrier.nWaiting);
  tasks.push(...[..."cd"].map((name) => createTask(worker(name))));
  await wait(tasks);
  print(
    tasks.map((task) => task.cancelled()),
    state(barrier),
  );
}
