// Cancelling one of two tasks that await the same child cancels the child, and so reaches both.

import type { CoroutineGenerator, Task } from "asyncio-ts";
import { coroutine, createTask, currentTask, sleep } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const child = coroutine(function* () {
    try {
      yield* sleep(10);
    } finally {
      print("child leaves", currentTask()!.cancelling());
    }
  });

  const work = coroutine(function* (name: string, task: Task<void>) {
    try {
      yield* task;
    } catch (error) {
      print(name, show(error), currentTask()!.cancelling());
      return name;
    }
    return "not cancelled";
  });

  const inner = createTask(child());
  const a = createTask(work("a", inner));
  const b = createTask(work("b", inner));
  yield* sleep(1);
  b.cancel();
  print(yield* a, yield* b, inner.cancelled(), a.cancelled());
}

export async function native(print: Print): Promise<void> {
  const child = coroutine(async () => {
    try {
      await sleep(10);
    } finally {
      print("child leaves", currentTask()!.cancelling());
    }
  });

  const work = coroutine(async (name: string, task: Task<void>) => {
    try {
      await task;
    } catch (error) {
      print(name, show(error), currentTask()!.cancelling());
      return name;
    }
    return "not cancelled";
  });

  const inner = createTask(child());
  const a = createTask(work("a", inner));
  const b = createTask(work("b", inner));
  await sleep(1);
  b.cancel();
  print(await a, await b, inner.cancelled(), a.cancelled());
}
