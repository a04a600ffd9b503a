// Fact 82: cancelling wait_for() cancels what it waits for, and waits for its clean-up.

import type { Coroutine, CoroutineGenerator, Task } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, sleep, waitFor } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const work = coroutine(function* () {
    try {
      yield* sleep(10);
    } catch (error) {
      yield* sleep(1);
      print("cleaned up", show(error));
      throw error;
    }
  });

  const caller = coroutine(function* (awaited: Coroutine<void> | Task<void>, delay: number | null) {
    return yield* waitFor(awaited, delay);
  });

  const loop = getRunningLoop();
  for (const delay of [5, null]) {
    const inner = createTask(work());
    for (const awaited of [inner, work()]) {
      const task = createTask(caller(awaited, delay));
      yield* sleep(1);
      task.cancel("stop");
      try {
        yield* task;
      } catch (error) {
        print(show(error), task.cancelled(), loop.time());
      }
    }
    print(inner.cancelled());
  }
}

export async function native(print: Print): Promise<void> {
  const work = coroutine(async () => {
    try {
      await sleep(10);
    } catch (error) {
      await sleep(1);
      print("cleaned up", show(error));
      throw error;
    }
  });

  const caller = coroutine(async (awaited: Coroutine<void> | Task<void>, delay: number | null) => {
    return await waitFor(awaited, delay);
  });

  const loop = getRunningLoop();
  for (const delay of [5, null]) {
    const inner = createTask(work());
    for (const awaited of [inner, work()]) {
      const task = createTask(caller(awaited, delay));
      await sleep(1);
      task.cancel("stop");
      try {
        await task;
      } catch (error) {
        print(show(error), task.cancelled(), loop.time());
      }
    }
    print(inner.cancelled());
  }
}
