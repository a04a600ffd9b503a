// Facts 79, 80: what the timed out coroutine returns or raises instead of the cancellation wins.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, currentTask, getRunningLoop, sleep, waitFor } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const work = coroutine(function* (how: string) {
    try {
      yield* sleep(10);
    } catch {
      if (how === "raises") throw new RangeError("instead");
    }
    return "value";
  });

  const loop = getRunningLoop();
  for (const how of ["returns", "raises"]) {
    for (const make of [work, (what: string) => createTask(work(what))]) {
      try {
        print(yield* waitFor(make(how), 1), loop.time());
      } catch (error) {
        print(show(error), loop.time());
      }
      print(currentTask()!.cancelling());
    }
  }
}

export async function native(print: Print): Promise<void> {
  const work = coroutine(async (how: string) => {
    try {
      await sleep(10);
    } catch {
      if (how === "raises") throw new RangeError("instead");
    }
    return "value";
  });

  const loop = getRunningLoop();
  for (const how of ["returns", "raises"]) {
    for (const make of [work, (what: string) => createTask(work(what))]) {
      try {
        print(await waitFor(make(how), 1), loop.time());
      } catch (error) {
        print(show(error), loop.time());
      }
      print(currentTask()!.cancelling());
    }
  }
}
