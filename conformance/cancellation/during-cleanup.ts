// A clean-up may await; a second cancellation interrupts it.

import type { CoroutineGenerator, EventLoop } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const work = coroutine(function* (loop: EventLoop) {
    try {
      yield* sleep(10);
    } finally {
      print("cleaning up", loop.time());
      try {
        yield* sleep(5);
        print("cleaned up", loop.time());
      } catch (error) {
        print("clean-up interrupted", show(error), loop.time());
        throw error;
      }
    }
  });

  const loop = getRunningLoop();
  for (const delays of [[1], [1, 2]]) {
    const task = createTask(work(loop));
    for (const delay of delays) loop.callLater(delay, () => task.cancel(`after ${delay}`));
    try {
      yield* task;
    } catch (error) {
      print("main", show(error), task.cancelling(), loop.time());
    }
  }
}

export async function native(print: Print): Promise<void> {
  const work = coroutine(async (loop: EventLoop) => {
    try {
      await sleep(10);
    } finally {
      print("cleaning up", loop.time());
      try {
        await sleep(5);
        print("cleaned up", loop.time());
      } catch (error) {
        print("clean-up interrupted", show(error), loop.time());
        throw error;
      }
    }
  });

  const loop = getRunningLoop();
  for (const delays of [[1], [1, 2]]) {
    const task = createTask(work(loop));
    for (const delay of delays) loop.callLater(delay, () => task.cancel(`after ${delay}`));
    try {
      await task;
    } catch (error) {
      print("main", show(error), task.cancelling(), loop.time());
    }
  }
}
