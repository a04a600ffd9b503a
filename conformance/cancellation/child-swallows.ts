// A cancelled parent whose child swallows the cancellation gets the child's value and is not cancelled.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, sleep } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const child = coroutine(function* (how: string) {
    try {
      yield* sleep(10);
    } catch {
      if (how === "raises") throw new RangeError("instead");
      return `child ${how}`;
    }
    return "not cancelled";
  });

  const parent = coroutine(function* (how: string) {
    return yield* createTask(child(how));
  });

  for (const how of ["returns", "raises"]) {
    const task = createTask(parent(how));
    yield* sleep(1);
    task.cancel();
    try {
      print(yield* task, task.cancelled(), task.cancelling());
    } catch (error) {
      print(show(error), task.cancelled(), task.cancelling());
    }
  }
}

export async function native(print: Print): Promise<void> {
  const child = coroutine(async (how: string) => {
    try {
      await sleep(10);
    } catch {
      if (how === "raises") throw new RangeError("instead");
      return `child ${how}`;
    }
    return "not cancelled";
  });

  const parent = coroutine(async (how: string) => {
    return await createTask(child(how));
  });

  for (const how of ["returns", "raises"]) {
    const task = createTask(parent(how));
    await sleep(1);
    task.cancel();
    try {
      print(await task, task.cancelled(), task.cancelling());
    } catch (error) {
      print(show(error), task.cancelled(), task.cancelling());
    }
  }
}
