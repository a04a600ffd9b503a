// Fact 122: a task is cancelled while the barrier drains, another while it waits for the drain to end.

import type { CoroutineGenerator } from "asyncio-ts";
import { Barrier, coroutine, createTask, getRunningLoop, sleep, wait } from "asyncio-ts";
import { type Print, show, state, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const tick = ticks(getRunningLoop(), 40);
  const barrier = new Barrier(3);

  const worker = coroutine(function* (name: string) {
    try {
      print(name, yield* barrier.wait(), state(barrier), "in", tick());
    } catch (error) {
      print(name, show(error), state(barrier), "in", tick());
      throw error;
    }
  });

  const tasks = [..."abcdef"].map((name) => createTask(worker(name)));
  yield* sleep(0);
  print(state(barrier));
  tasks[0]!.cancel("draining");
  tasks[3]!.cancel("blocked");
  for (let i = 0; i < 12; i++) yield* sleep(0);
  print(
    tasks.map((task) => task.done()),
    state(barrier),
  );
  yield* worker("g");
  yield* wait(tasks);
  print(
    tasks.map((task) => task.cancelled()),
    state(barrier),
  );
}

export async function native(print: Print): Promise<void> {
  const tick = ticks(getRunningLoop(), 40);
  const barrier = new Barrier(3);

  const worker = coroutine(async (name: string) => {
    try {
      print(name, await barrier.wait(), state(barrier), "in", tick());
    } catch (error) {
      print(name, show(error), state(barrier), "in", tick());
      throw error;
    }
  });

  const tasks = [..."abcdef"].map((name) => createTask(worker(name)));
  await sleep(0);
  print(state(barrier));
  tasks[0]!.cancel("draining");
  tasks[3]!.cancel("blocked");
  for (let i = 0; i < 12; i++) await sleep(0);
  print(
    tasks.map((task) => task.done()),
    state(barrier),
  );
  await worker("g");
  await wait(tasks);
  print(
    tasks.map((task) => task.cancelled()),
    state(barrier),
  );
}
