// A cancellation while an exit stack is left interrupts one callback; the others are called all the same.

import type { CoroutineGenerator } from "asyncio-ts";
import { AsyncExitStack, asyncWith, coroutine, createTask, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const slow = coroutine(function* (name: string) {
    print(name, "begins");
    try {
      yield* sleep(10);
    } finally {
      print(name, "ends", getRunningLoop().time());
    }
  });
  const work = coroutine(function* () {
    yield* asyncWith(new AsyncExitStack(), function* (stack) {
      for (const name of ["a", "b", "c"]) stack.pushAsyncCallback(slow, name);
      throw new RangeError("body");
    });
  });

  const task = createTask(work());
  yield* sleep(15);
  task.cancel("hurry");
  try {
    yield* task;
  } catch (error) {
    print(show(error), task.cancelled());
  }
}

export async function native(print: Print): Promise<void> {
  const slow = coroutine(async (name: string) => {
    print(name, "begins");
    try {
      await sleep(10);
    } finally {
      print(name, "ends", getRunningLoop().time());
    }
  });
  const work = coroutine(async () => {
    await asyncWith(new AsyncExitStack(), async (stack) => {
      for (const name of ["a", "b", "c"]) stack.pushAsyncCallback(slow, name);
      throw new RangeError("body");
    });
  });

  const task = createTask(work());
  await sleep(15);
  task.cancel("hurry");
  try {
    await task;
  } catch (error) {
    print(show(error), task.cancelled());
  }
}
