// Fact 36: self-cancel, then an await of a pending future: that future is cancelled, even when it was about to be
// set.

import type { CoroutineGenerator, Future } from "asyncio-ts";
import { coroutine, createTask, currentTask, getRunningLoop } from "asyncio-ts";
import { type Print, show, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const work = coroutine(function* (future: Future<number>, tick: () => number) {
    currentTask()!.cancel("myself");
    try {
      yield* future;
    } catch (error) {
      print(show(error), future.cancelled(), "in", tick());
      throw error;
    }
  });

  const loop = getRunningLoop();
  const tick = ticks(loop);
  const future = loop.createFuture<number>();
  const task = createTask(work(future, tick));
  loop.callSoon(() => print("set", future.done() ? null : future.setResult(1), "in", tick()));
  try {
    yield* task;
  } catch (error) {
    print("main", show(error), task.cancelled(), "in", tick());
  }
}

export async function native(print: Print): Promise<void> {
  const work = coroutine(async (future: Future<number>, tick: () => number) => {
    currentTask()!.cancel("myself");
    try {
      await future;
    } catch (error) {
      print(show(error), future.cancelled(), "in", tick());
      throw error;
    }
  });

  const loop = getRunningLoop();
  const tick = ticks(loop);
  const future = loop.createFuture<number>();
  const task = createTask(work(future, tick));
  loop.callSoon(() => print("set", future.done() ? null : future.setResult(1), "in", tick()));
  try {
    await task;
  } catch (error) {
    print("main", show(error), task.cancelled(), "in", tick());
  }
}
