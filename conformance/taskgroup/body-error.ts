// Fact 106: an error of the body joins the group's; the children are cancelled first.

import type { CoroutineGenerator, Task } from "asyncio-ts";
import { coroutine, currentTask, sleep, taskGroup } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const child = coroutine(function* (fail: boolean) {
    try {
      yield* sleep(10);
    } catch (error) {
      print("child cancelled");
      if (fail) throw new TypeError("child");
      throw error;
    }
  });

  for (const fail of [false, true]) {
    try {
      yield* taskGroup(function* (group) {
        group.createTask(child(fail));
        yield* sleep(1);
        throw new RangeError("body");
      });
    } catch (error) {
      print(show(error), currentTask()!.cancelling());
    }
  }
  let task: Task<void> | undefined;
  try {
    yield* taskGroup(function* (group) {
      task = group.createTask(child(false));
      throw new RangeError("before the child started");
    });
  } catch (error) {
    print(show(error), task?.cancelled());
  }
}

export async function native(print: Print): Promise<void> {
  const child = coroutine(async (fail: boolean) => {
    try {
      await sleep(10);
    } catch (error) {
      print("child cancelled");
      if (fail) throw new TypeError("child");
      throw error;
    }
  });

  for (const fail of [false, true]) {
    try {
      await taskGroup(async (group) => {
        group.createTask(child(fail));
        await sleep(1);
        throw new RangeError("body");
      });
    } catch (error) {
      print(show(error), currentTask()!.cancelling());
    }
  }
  let task: Task<void> | undefined;
  try {
    await taskGroup(async (group) => {
      task = group.createTask(child(false));
      throw new RangeError("before the child started");
    });
  } catch (error) {
    print(show(error), task?.cancelled());
  }
}
