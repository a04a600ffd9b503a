// The caller of wait_for() is cancelled while what has timed out cleans up: the clean-up is interrupted.

import type { Coroutine, CoroutineGenerator, EventLoop, Task } from "asyncio-ts";
import { coroutine, createTask, currentTask, getRunningLoop, sleep, wait, waitFor } from "asyncio-ts";
import { kind, type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const work = coroutine(function* (loop: EventLoop) {
    try {
      yield* sleep(10);
    } finally {
      try {
        yield* sleep(5);
        print("cleaned up", loop.time());
      } catch (error) {
        print("clean-up interrupted", show(error), loop.time());
        throw error;
      }
    }
  });

  const caller = coroutine(function* (make: (loop: EventLoop) => Coroutine<void> | Task<void>, loop: EventLoop) {
    try {
      yield* waitFor(make(loop), 1);
    } catch (error) {
      print("caller", kind(error), currentTask()!.cancelling(), loop.time());
      throw error;
    }
  });

  const loop = getRunningLoop();
  for (const make of [work, (owner: EventLoop) => createTask(work(owner))]) {
    const task = createTask(caller(make, loop));
    yield* sleep(2);
    task.cancel("enough");
    yield* wait([task]);
    print(task.cancelled(), loop.time());
  }
}

export async function native(print: Print): Promise<void> {
  const work = coroutine(async (loop: EventLoop) => {
    try {
      await sleep(10);
    } finally {
      try {
        await sleep(5);
        print("cleaned up", loop.time());
      } catch (error) {
        print("clean-up interrupted", show(error), loop.time());
        throw error;
      }
    }
  });

  const caller = coroutine(async (make: (loop: EventLoop) => Coroutine<void> | Task<void>, loop: EventLoop) => {
    try {
      await waitFor(make(loop), 1);
    } catch (error) {
      print("caller", kind(error), currentTask()!.cancelling(), loop.time());
      throw error;
    }
  });

  const loop = getRunningLoop();
  for (const make of [work, (owner: EventLoop) => createTask(work(owner))]) {
    const task = createTask(caller(make, loop));
    await sleep(2);
    task.cancel("enough");
    await wait([task]);
    print(task.cancelled(), loop.time());
  }
}
