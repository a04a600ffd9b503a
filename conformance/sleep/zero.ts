// Fact 69: sleep(0, result) takes exactly one turn of the loop and returns the result; a negative delay is the same.

import type { CoroutineGenerator } from "asyncio-ts";
import { getRunningLoop, sleep } from "asyncio-ts";
import { type Print, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const loop = getRunningLoop();
  const tick = ticks(loop);
  for (const delay of [0, 0, -1, -0.5]) {
    const before = tick();
    print(yield* sleep(delay, "result"), "took", tick() - before);
  }
  print(yield* sleep(0), loop.time());
  print(yield* sleep(2, [1, 2]), loop.time());
}

export async function native(print: Print): Promise<void> {
  const loop = getRunningLoop();
  const tick = ticks(loop);
  for (const delay of [0, 0, -1, -0.5]) {
    const before = tick();
    print(await sleep(delay, "result"), "took", tick() - before);
  }
  print(await sleep(0), loop.time());
  print(await sleep(2, [1, 2]), loop.time());
}
