// Fact 122: an aborted barrier is broken for those that wait and those that come, until it is reset.

import type { CoroutineGenerator } from "asyncio-ts";
import { Barrier, coroutine, createTask, gather, getRunningLoop, RuntimeError, sleep } from "asyncio-ts";
import { type Print, show, state, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const tick = ticks(getRunningLoop(), 40);
  const barrier = new Barrier(3);

  const worker = coroutine(function* (name: string) {
    try {
      print(name, yield* barrier.wait(), state(barrier), "in", tick());
    } catch (error) {
      print(name, show(error), error instanceof RuntimeError, state(barrier), "in", tick());
    }
  });

  const tasks = [..."ab"].map((name) => createTask(worker(name)));
  yield* sleep(0);
  yield* barrier.abort();
  print(state(barrier), barrier.broken, barrier.nWaiting, "in", tick());
  yield* gather(tasks);
  yield* worker("late");
  yield* barrier.reset();
  print(state(barrier), barrier.broken);
  yield* gather([..."xyz"].map((name) => worker(name)));
  print(state(barrier));
}

export async function native(print: Print): Promise<void> {
  const tick = ticks(getRunningLoop(), 40);
  const barrier = new Barrier(3);

  const worker = coroutine(async (name: string) => {
    try {
      print(name, await barrier.wait(), state(barrier), "in", tick());
    } catch (error) {
      print(name, show(error), error instanceof RuntimeError, state(barrier), "in", tick());
    }
  });

  const tasks = [..."ab"].map((name) => createTask(worker(name)));
  await sleep(0);
  await barrier.abort();
  print(state(barrier), barrier.broken, barrier.nWaiting, "in", tick());
  await gather(tasks);
  await worker("late");
  await barrier.reset();
  print(state(barrier), barrier.broken);
  await gather([..."xyz"].map((name) => worker(name)));
  print(state(barrier));
}
