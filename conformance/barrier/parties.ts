// Fact 122: a barrier needs at least one party; with one nobody waits.

import type { CoroutineGenerator } from "asyncio-ts";
import { Barrier, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, show, state } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  for (const parties of [0, -1]) {
    try {
      new Barrier(parties);
    } catch (error) {
      print(show(error));
    }
  }
  const barrier = new Barrier(1);
  getRunningLoop().callSoon(print, "next iteration");
  for (let i = 0; i < 3; i++) print(yield* barrier.wait(), state(barrier));
  yield* barrier.use(function* (position) {
    print("inside", position, state(barrier));
  });
  yield* sleep(0);
}

export async function native(print: Print): Promise<void> {
  for (const parties of [0, -1]) {
    try {
      new Barrier(parties);
    } catch (error) {
      print(show(error));
    }
  }
  const barrier = new Barrier(1);
  getRunningLoop().callSoon(print, "next iteration");
  for (let i = 0; i < 3; i++) print(await barrier.wait(), state(barrier));
  await barrier.use(async (position) => {
    print("inside", position, state(barrier));
  });
  await sleep(0);
}
