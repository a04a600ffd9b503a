// Fact 105: errors win over a cancellation from outside; the parent stays cancelled and hears of it at its next
// await.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, currentTask, getRunningLoop, sleep, taskGroup, wait } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const failInCleanup = coroutine(function* () {
    try {
      yield* sleep(10);
    } finally {
      throw new RangeError("in the clean-up");
    }
  });

  const parent = coroutine(function* (inBody: boolean) {
    try {
      yield* taskGroup(function* (group) {
        group.createTask(failInCleanup());
        if (inBody) yield* sleep(10);
      });
    } catch (error) {
      print(show(error), currentTask()!.cancelling());
    }
    try {
      yield* sleep(1);
      print("not cancelled again");
    } catch (error) {
      print("cancelled again", currentTask()!.cancelling());
      throw error;
    }
  });

  for (const inBody of [true, false]) {
    const task = createTask(parent(inBody));
    yield* sleep(1);
    task.cancel();
    yield* wait([task]);
    print(task.cancelled(), getRunningLoop().time());
  }
}

export async function native(print: Print): Promise<void> {
  const failInCleanup = coroutine(async () => {
    try {
      await sleep(10);
    } finally {
      throw new RangeError("in the clean-up");
    }
  });

  const parent = coroutine(async (inBody: boolean) => {
    try {
      await taskGroup(async (group) => {
        group.createTask(failInCleanup());
        if (inBody) await sleep(10);
      });
    } catch (error) {
      print(show(error), currentTask()!.cancelling());
    }
    try {
      await sleep(1);
      print("not cancelled again");
    } catch (error) {
      print("cancelled again", currentTask()!.cancelling());
      throw error;
    }
  });

  for (const inBody of [true, false]) {
    const task = createTask(parent(inBody));
    await sleep(1);
    task.cancel();
    await wait([task]);
    print(task.cancelled(), getRunningLoop().time());
  }
}
