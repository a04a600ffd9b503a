// Fact 38: a task that cancels itself and then awaits a child task cancels the child.

import type { CoroutineGenerator, Task } from "asyncio-ts";
import { coroutine, createTask, currentTask, sleep } from "asyncio-ts";
import type { Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const child = coroutine(function* () {
    try {
      yield* sleep(10);
    } finally {
      print("child leaves");
    }
  });

  const work = coroutine(function* (task: Task<void>) {
    currentTask()!.cancel();
    yield* task;
  });

  const inner = createTask(child());
  yield* sleep(0);
  const outer = createTask(work(inner));
  try {
    yield* outer;
  } catch {
    print(inner.cancelled(), outer.cancelled(), inner.cancelling(), outer.cancelling());
  }
}

export async function native(print: Print): Promise<void> {
  const child = coroutine(async () => {
    try {
      await sleep(10);
    } finally {
      print("child leaves");
    }
  });

  const work = coroutine(async (task: Task<void>) => {
    currentTask()!.cancel();
    await task;
  });

  const inner = createTask(child());
  await sleep(0);
  const outer = createTask(work(inner));
  try {
    await outer;
  } catch {
    print(inner.cancelled(), outer.cancelled(), inner.cancelling(), outer.cancelling());
  }
}
