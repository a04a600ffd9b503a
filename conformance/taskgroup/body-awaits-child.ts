// The body awaits the child that fails: it hears of the group's cancellation, not of the error.

import type { CoroutineGenerator, Task } from "asyncio-ts";
import { coroutine, currentTask, sleep, taskGroup } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const fail = coroutine(function* () {
    yield* sleep(0);
    throw new RangeError("child");
  });

  function* through(depth: number, task: Task<void>): CoroutineGenerator<void> {
    if (depth) yield* through(depth - 1, task);
    else yield* task;
  }

  for (const depth of [0, 1, 5]) {
    try {
      yield* taskGroup(function* (group) {
        const task = group.createTask(fail());
        try {
          yield* through(depth, task);
        } catch (error) {
          print("body", show(error), currentTask()!.cancelling());
          throw error;
        }
      });
    } catch (error) {
      print(show(error), currentTask()!.cancelling());
    }
  }
}

export async function native(print: Print): Promise<void> {
  const fail = coroutine(async () => {
    await sleep(0);
    throw new RangeError("child");
  });

  async function through(depth: number, task: Task<void>): Promise<void> {
    if (depth) await through(depth - 1, task);
    else await task;
  }

  for (const depth of [0, 1, 5]) {
    try {
      await taskGroup(async (group) => {
        const task = group.createTask(fail());
        try {
          await through(depth, task);
        } catch (error) {
          print("body", show(error), currentTask()!.cancelling());
          throw error;
        }
      });
    } catch (error) {
      print(show(error), currentTask()!.cancelling());
    }
  }
}
