// Fact 122: tasks that come back while the round drains wait for the next round.

import type { CoroutineGenerator } from "asyncio-ts";
import { Barrier, coroutine, gather, getRunningLoop } from "asyncio-ts";
import { type Print, state, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const tick = ticks(getRunningLoop(), 60);
  const barrier = new Barrier(2);

  const worker = coroutine(function* (name: string) {
    for (let i = 0; i < 3; i++) print(name, i, yield* barrier.wait(), state(barrier), "in", tick());
  });

  yield* gather([..."ab"].map((name) => worker(name)));
  print(state(barrier));
}

export async function native(print: Print): Promise<void> {
  const tick = ticks(getRunningLoop(), 60);
  const barrier = new Barrier(2);

  const worker = coroutine(async (name: string) => {
    for (let i = 0; i < 3; i++) print(name, i, await barrier.wait(), state(barrier), "in", tick());
  });

  await gather([..."ab"].map((name) => worker(name)));
  print(state(barrier));
}
