// Facts 93, 104: a timeout around a group cancels its children; a group around a timeout sees only its TimeoutError.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, currentTask, getRunningLoop, sleep, taskGroup, timeout } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const child = coroutine(function* (name: string) {
    try {
      yield* sleep(10);
    } catch (error) {
      print(name, "cancelled at", getRunningLoop().time());
      throw error;
    }
  });

  const loop = getRunningLoop();
  try {
    yield* timeout(1, function* () {
      yield* taskGroup(function* (group) {
        group.createTask(child("in the group"));
      });
    });
  } catch (error) {
    print(show(error), currentTask()!.cancelling(), loop.time());
  }
  try {
    yield* taskGroup(function* (group) {
      group.createTask(child("around the timeout"));
      yield* timeout(1, function* () {
        yield* sleep(10);
      });
    });
  } catch (error) {
    print(show(error), currentTask()!.cancelling(), loop.time());
  }
}

export async function native(print: Print): Promise<void> {
  const child = coroutine(async (name: string) => {
    try {
      await sleep(10);
    } catch (error) {
      print(name, "cancelled at", getRunningLoop().time());
      throw error;
    }
  });

  const loop = getRunningLoop();
  try {
    await timeout(1, async () => {
      await taskGroup(async (group) => {
        group.createTask(child("in the group"));
      });
    });
  } catch (error) {
    print(show(error), currentTask()!.cancelling(), loop.time());
  }
  try {
    await taskGroup(async (group) => {
      group.createTask(child("around the timeout"));
      await timeout(1, async () => {
        await sleep(10);
      });
    });
  } catch (error) {
    print(show(error), currentTask()!.cancelling(), loop.time());
  }
}
