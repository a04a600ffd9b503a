// Fact 69: cancelling a sleep cancels its timer, so that nothing keeps the loop until then.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, sleep, wait } from "asyncio-ts";
import type { Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const work = coroutine(function* (delay: number) {
    try {
      return yield* sleep(delay, "slept");
    } catch (error) {
      print("cancelled at", getRunningLoop().time());
      throw error;
    }
  });

  const loop = getRunningLoop();
  const long = createTask(work(100));
  const short = createTask(work(1));
  loop.callLater(2, () => long.cancel());
  print(yield* short, loop.time());
  yield* wait([long]);
  print(long.cancelled(), loop.time());
}

export async function native(print: Print): Promise<void> {
  const work = coroutine(async (delay: number) => {
    try {
      return await sleep(delay, "slept");
    } catch (error) {
      print("cancelled at", getRunningLoop().time());
      throw error;
    }
  });

  const loop = getRunningLoop();
  const long = createTask(work(100));
  const short = createTask(work(1));
  loop.callLater(2, () => long.cancel());
  print(await short, loop.time());
  await wait([long]);
  print(long.cancelled(), loop.time());
}
