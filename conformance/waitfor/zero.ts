// Fact 77: wait_for() with no time: a done future gives its result, a coroutine is never started, a task is
// cancelled.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, sleep, waitFor } from "asyncio-ts";
import { kind, type Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const work = coroutine(function* (label: string) {
    print(label, "starts");
    try {
      yield* sleep(10);
    } finally {
      print(label, "leaves");
    }
  });

  const done = getRunningLoop().createFuture<string>();
  done.setResult("result");
  for (const delay of [0, -1]) {
    print(yield* waitFor(done, delay));
    const running = createTask(work("running task"));
    yield* sleep(0);
    for (const awaited of [work("coroutine"), createTask(work("new task")), running]) {
      try {
        yield* waitFor(awaited, delay);
      } catch (error) {
        print(kind(error));
      }
    }
    print(running.cancelled());
  }
}

export async function native(print: Print): Promise<void> {
  const work = coroutine(async (label: string) => {
    print(label, "starts");
    try {
      await sleep(10);
    } finally {
      print(label, "leaves");
    }
  });

  const done = getRunningLoop().createFuture<string>();
  done.setResult("result");
  for (const delay of [0, -1]) {
    print(await waitFor(done, delay));
    const running = createTask(work("running task"));
    await sleep(0);
    for (const awaited of [work("coroutine"), createTask(work("new task")), running]) {
      try {
        await waitFor(awaited, delay);
      } catch (error) {
        print(kind(error));
      }
    }
    print(running.cancelled());
  }
}
