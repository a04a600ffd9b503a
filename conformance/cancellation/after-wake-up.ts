// Cancel between wake-up and resume: the task gets CancelledError at its queued step, the value is lost to it.

import type { CoroutineGenerator, Future } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, sleep, wait } from "asyncio-ts";
import { type Print, show, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  function* nested(depth: number, future: Future<string>): CoroutineGenerator<string> {
    return depth ? yield* nested(depth - 1, future) : yield* future;
  }

  const work = coroutine(function* (depth: number, future: Future<string>, tick: () => number) {
    try {
      print("got", yield* nested(depth, future));
    } catch (error) {
      print(depth, show(error), "in", tick(), future.result());
      throw error;
    }
  });

  const loop = getRunningLoop();
  const tick = ticks(loop, 30);
  for (const depth of [0, 1, 5]) {
    const future = loop.createFuture<string>();
    const task = createTask(work(depth, future, tick));
    yield* sleep(0);
    future.setResult("value");
    print(task.cancel("late"), future.cancelled(), "in", tick());
    yield* wait([task]);
    print(task.cancelled());
  }
}

export async function native(print: Print): Promise<void> {
  async function nested(depth: number, future: Future<string>): Promise<string> {
    return depth ? await nested(depth - 1, future) : await future;
  }

  const work = coroutine(async (depth: number, future: Future<string>, tick: () => number) => {
    try {
      print("got", await nested(depth, future));
    } catch (error) {
      print(depth, show(error), "in", tick(), future.result());
      throw error;
    }
  });

  const loop = getRunningLoop();
  const tick = ticks(loop, 30);
  for (const depth of [0, 1, 5]) {
    const future = loop.createFuture<string>();
    const task = createTask(work(depth, future, tick));
    await sleep(0);
    future.setResult("value");
    print(task.cancel("late"), future.cancelled(), "in", tick());
    await wait([task]);
    print(task.cancelled());
  }
}
