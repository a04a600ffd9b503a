// Fact 37: a task that was cancelled and returns without another await is cancelled, its value is lost.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, currentTask } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const work = coroutine(function* (end: string) {
    currentTask()!.cancel("at the end");
    if (end === "raise") throw new RangeError("instead");
    return "value";
  });

  for (const end of ["return", "raise"]) {
    const task = createTask(work(end));
    try {
      print(yield* task);
    } catch (error) {
      print(end, show(error), task.cancelled(), task.cancelling());
    }
  }
}

export async function native(print: Print): Promise<void> {
  const work = coroutine(async (end: string) => {
    currentTask()!.cancel("at the end");
    if (end === "raise") throw new RangeError("instead");
    return "value";
  });

  for (const end of ["return", "raise"]) {
    const task = createTask(work(end));
    try {
      print(await task);
    } catch (error) {
      print(end, show(error), task.cancelled(), task.cancelling());
    }
  }
}
