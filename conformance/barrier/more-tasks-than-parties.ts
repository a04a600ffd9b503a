// Fact 122: of seven tasks at a barrier for two, one is left.

import type { CoroutineGenerator } from "asyncio-ts";
import { Barrier, coroutine, createTask, gather, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, state, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const tick = ticks(getRunningLoop(), 60);
  const barrier = new Barrier(2);

  const worker = coroutine(function* (name: string) {
    print(name, yield* barrier.wait(), "in", tick());
  });

  const tasks = [..."abcdefg"].map((name) => createTask(worker(name)));
  for (let i = 0; i < 30; i++) yield* sleep(0);
  print(
    tasks.map((task) => task.done()),
    state(barrier),
  );
  yield* worker("last");
  yield* gather(tasks);
  print(state(barrier));
}

export async function native(print: Print): Promise<void> {
  const tick = ticks(getRunningLoop(), 60);
  const barrier = new Barrier(2);

  const worker = coroutine(async (name: string) => {
    print(name, await barrier.wait(), "in", tick());
  });

  const tasks = [..."abcdefg"].map((name) => createTask(worker(name)));
  for (let i = 0; i < 30; i++) await sleep(0);
  print(
    tasks.map((task) => task.done()),
    state(barrier),
  );
  await worker("last");
  await gather(tasks);
  print(state(barrier));
}
