// A task that turns on sleep(0) does not keep timers from firing, once their time has come.

import type { CoroutineGenerator, EventLoop } from "asyncio-ts";
import { coroutine, gather, getRunningLoop, sleep } from "asyncio-ts";
import type { Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const spinner = coroutine(function* (name: string, until: number, loop: EventLoop) {
    let turns = 0;
    while (loop.time() < until) {
      yield* sleep(turns % 2 ? 0 : 0.25);
      turns += 1;
    }
    print(name, turns, loop.time());
  });

  const loop = getRunningLoop();
  for (const delay of [0.1, 0.6, 0.9]) loop.callLater(delay, print, "timer", delay);
  yield* gather(spinner("a", 1, loop), spinner("b", 0.5, loop));
}

export async function native(print: Print): Promise<void> {
  const spinner = coroutine(async (name: string, until: number, loop: EventLoop) => {
    let turns = 0;
    while (loop.time() < until) {
      await sleep(turns % 2 ? 0 : 0.25);
      turns += 1;
    }
    print(name, turns, loop.time());
  });

  const loop = getRunningLoop();
  for (const delay of [0.1, 0.6, 0.9]) loop.callLater(delay, print, "timer", delay);
  await gather(spinner("a", 1, loop), spinner("b", 0.5, loop));
}
