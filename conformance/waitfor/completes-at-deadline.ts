// What wait_for() waits for would end at the very time of the deadline: the deadline's timer was set first, and wins.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, isFuture, waitFor } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const work = coroutine(function* (until: number) {
    const loop = getRunningLoop();
    const future = loop.createFuture<string>();
    loop.callAt(until, () => future.done() || future.setResult("value"));
    return yield* future;
  });

  const loop = getRunningLoop();
  for (const early of [0.5, 0]) {
    for (const make of [work, (until: number) => createTask(work(until))]) {
      const awaited = make(loop.time() + 1 - early);
      try {
        print(yield* waitFor(awaited, 1), loop.time());
      } catch (error) {
        print(show(error), loop.time());
      }
      if (isFuture(awaited)) print(awaited.cancelled());
    }
  }
}

export async function native(print: Print): Promise<void> {
  const work = coroutine(async (until: number) => {
    const loop = getRunningLoop();
    const future = loop.createFuture<string>();
    loop.callAt(until, () => future.done() || future.setResult("value"));
    return await future;
  });

  const loop = getRunningLoop();
  for (const early of [0.5, 0]) {
    for (const make of [work, (until: number) => createTask(work(until))]) {
      const awaited = make(loop.time() + 1 - early);
      try {
        print(await waitFor(awaited, 1), loop.time());
      } catch (error) {
        print(show(error), loop.time());
      }
      if (isFuture(awaited)) print(awaited.cancelled());
    }
  }
}
