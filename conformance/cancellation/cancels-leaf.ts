// Fact 33, tick table: cancel() cancels the awaited future at once, the error arrives in the next iteration.

import type { CoroutineGenerator, Future } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, show, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  function* nested(depth: number, future: Future<void>): CoroutineGenerator<void> {
    if (depth) return yield* nested(depth - 1, future);
    return yield* future;
  }

  const work = coroutine(function* (depth: number, future: Future<void>, tick: () => number) {
    try {
      yield* nested(depth, future);
    } catch (error) {
      print("caught", show(error), "in", tick());
      throw error;
    }
  });

  const loop = getRunningLoop();
  const tick = ticks(loop, 30);
  for (const depth of [0, 1, 5]) {
    const future = loop.createFuture<void>();
    const task = createTask(work(depth, future, tick));
    yield* sleep(0);
    print(future.cancelled(), task.cancel("stop"), future.cancelled(), task.done(), "in", tick());
    yield* sleep(0);
    print(task.done(), task.cancelled(), "in", tick());
  }
}

export async function native(print: Print): Promise<void> {
  async function nested(depth: number, future: Future<void>): Promise<void> {
    if (depth) return await nested(depth - 1, future);
    return await future;
  }

  const work = coroutine(async (depth: number, future: Future<void>, tick: () => number) => {
    try {
      await nested(depth, future);
    } catch (error) {
      print("caught", show(error), "in", tick());
      throw error;
    }
  });

  const loop = getRunningLoop();
  const tick = ticks(loop, 30);
  for (const depth of [0, 1, 5]) {
    const future = loop.createFuture<void>();
    const task = createTask(work(depth, future, tick));
    await sleep(0);
    print(future.cancelled(), task.cancel("stop"), future.cancelled(), task.done(), "in", tick());
    await sleep(0);
    print(task.done(), task.cancelled(), "in", tick());
  }
}
