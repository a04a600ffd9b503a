// Fact 102: the first error of a child cancels its siblings and the body; the group raises all errors that are left.

import type { CoroutineGenerator, Task } from "asyncio-ts";
import { coroutine, currentTask, getRunningLoop, sleep, taskGroup } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const sleeper = coroutine(function* (name: string) {
    try {
      yield* sleep(10);
    } catch (error) {
      print(name, show(error));
      throw error;
    }
  });

  const fail = coroutine(function* (delay: number, text: string) {
    yield* sleep(delay);
    throw new RangeError(text);
  });

  const failInCleanup = coroutine(function* () {
    try {
      yield* sleep(10);
    } finally {
      throw new TypeError("in the clean-up");
    }
  });

  const loop = getRunningLoop();
  let sibling: Task<void> | undefined;
  try {
    yield* taskGroup(function* (group) {
      sibling = group.createTask(sleeper("sibling"));
      group.createTask(fail(1, "child failed"));
      yield* sleeper("body");
    });
  } catch (error) {
    print(show(error), loop.time(), sibling?.cancelled(), currentTask()!.cancelling());
  }
  try {
    yield* taskGroup(function* (group) {
      group.createTask(fail(1, "first"));
      group.createTask(failInCleanup());
    });
  } catch (error) {
    print(show(error), loop.time());
  }
}

export async function native(print: Print): Promise<void> {
  const sleeper = coroutine(async (name: string) => {
    try {
      await sleep(10);
    } catch (error) {
      print(name, show(error));
      throw error;
    }
  });

  const fail = coroutine(async (delay: number, text: string) => {
    await sleep(delay);
    throw new RangeError(text);
  });

  const failInCleanup = coroutine(async () => {
    try {
      await sleep(10);
    } finally {
      throw new TypeError("in the clean-up");
    }
  });

  const loop = getRunningLoop();
  let sibling: Task<void> | undefined;
  try {
    await taskGroup(async (group) => {
      sibling = group.createTask(sleeper("sibling"));
      group.createTask(fail(1, "child failed"));
      await sleeper("body");
    });
  } catch (error) {
    print(show(error), loop.time(), sibling?.cancelled(), currentTask()!.cancelling());
  }
  try {
    await taskGroup(async (group) => {
      group.createTask(fail(1, "first"));
      group.createTask(failInCleanup());
    });
  } catch (error) {
    print(show(error), loop.time());
  }
}
