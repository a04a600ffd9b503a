// Fact 122: a barrier gives each party another number and lets all go on when the last has come.

import type { CoroutineGenerator } from "asyncio-ts";
import { Barrier, coroutine, createTask, gather, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, state, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const tick = ticks(getRunningLoop());
  const barrier = new Barrier(3);

  const worker = coroutine(function* (name: string) {
    print(name, yield* barrier.wait(), state(barrier), barrier.nWaiting, "in", tick());
  });

  const tasks = [..."ab"].map((name) => createTask(worker(name)));
  yield* sleep(0);
  print(state(barrier), barrier.nWaiting, barrier.parties, barrier.broken);
  yield* worker("c");
  yield* gather(tasks);
  print(state(barrier), barrier.nWaiting);
}

export async function native(print: Print): Promise<void> {
  const tick = ticks(getRunningLoop());
  const barrier = new Barrier(3);

  const worker = coroutine(async (name: string) => {
    print(name, await barrier.wait(), state(barrier), barrier.nWaiting, "in", tick());
  });

  const tasks = [..."ab"].map((name) => createTask(worker(name)));
  await sleep(0);
  print(state(barrier), barrier.nWaiting, barrier.parties, barrier.broken);
  await worker("c");
  await gather(tasks);
  print(state(barrier), barrier.nWaiting);
}
