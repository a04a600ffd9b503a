// Fact 122: a reset sends those that wait away with an error; then the barrier is empty and works.

import type { CoroutineGenerator } from "asyncio-ts";
import { Barrier, coroutine, createTask, gather, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, show, state, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const tick = ticks(getRunningLoop(), 40);
  const barrier = new Barrier(3);
  yield* barrier.reset();
  print(state(barrier));

  const worker = coroutine(function* (name: string) {
    try {
      print(name, yield* barrier.wait(), state(barrier), "in", tick());
    } catch (error) {
      print(name, show(error), state(barrier), "in", tick());
    }
  });

  const tasks = [..."ab"].map((name) => createTask(worker(name)));
  yield* sleep(0);
  yield* barrier.reset();
  print(state(barrier), barrier.broken, "in", tick());
  tasks.push(...[..."cde"].map((name) => createTask(worker(name))));
  yield* gather(tasks);
  print(state(barrier), barrier.broken);
}

export async function native(print: Print): Promise<void> {
  const tick = ticks(getRunningLoop(), 40);
  const barrier = new Barrier(3);
  await barrier.reset();
  print(state(barrier));

  const worker = coroutine(async (name: string) => {
    try {
      print(name, await barrier.wait(), state(barrier), "in", tick());
    } catch (error) {
      print(name, show(error), state(barrier), "in", tick());
    }
  });

  const tasks = [..."ab"].map((name) => createTask(worker(name)));
  await sleep(0);
  await barrier.reset();
  print(state(barrier), barrier.broken, "in", tick());
  tasks.push(...[..."cde"].map((name) => createTask(worker(name))));
  await gather(tasks);
  print(state(barrier), barrier.broken);
}
