// Fact 89: a cancelled gather raises CancelledError even with return_exceptions, after its children ended.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, gather, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const child = coroutine(function* (name: string, cleanup: number) {
    try {
      yield* sleep(10);
    } finally {
      yield* sleep(cleanup);
      print(name, "left at", getRunningLoop().time());
    }
  });

  const parent = coroutine(function* () {
    return yield* gather([child("a", 2), child("b", 1)], { returnExceptions: true });
  });

  const task = createTask(parent());
  yield* sleep(1);
  task.cancel("stop");
  try {
    yield* task;
    print("no error");
  } catch (error) {
    print(show(error), task.cancelled(), getRunningLoop().time());
  }
}

export async function native(print: Print): Promise<void> {
  const child = coroutine(async (name: string, cleanup: number) => {
    try {
      await sleep(10);
    } finally {
      await sleep(cleanup);
      print(name, "left at", getRunningLoop().time());
    }
  });

  const parent = coroutine(async () => {
    return await gather([child("a", 2), child("b", 1)], { returnExceptions: true });
  });

  const task = createTask(parent());
  await sleep(1);
  task.cancel("stop");
  try {
    await task;
    print("no error");
  } catch (error) {
    print(show(error), task.cancelled(), getRunningLoop().time());
  }
}
