// Fact 106: an exit-class error of the body is raised bare, after the children have been cancelled.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, currentTask, getRunningLoop, KeyboardInterrupt, sleep, taskGroup } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const child = coroutine(function* () {
    try {
      yield* sleep(10);
    } finally {
      print("child cancelled");
    }
  });

  try {
    yield* taskGroup(function* (group) {
      group.createTask(child());
      yield* sleep(1);
      throw new KeyboardInterrupt();
    });
  } catch (error) {
    print(show(error), currentTask()!.cancelling(), getRunningLoop().time());
  }
}

export async function native(print: Print): Promise<void> {
  const child = coroutine(async () => {
    try {
      await sleep(10);
    } finally {
      print("child cancelled");
    }
  });

  try {
    await taskGroup(async (group) => {
      group.createTask(child());
      await sleep(1);
      throw new KeyboardInterrupt();
    });
  } catch (error) {
    print(show(error), currentTask()!.cancelling(), getRunningLoop().time());
  }
}
