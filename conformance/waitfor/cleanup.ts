// Fact 78: wait_for() waits for the clean-up of what it cancelled; the TimeoutError comes after it.

import type { CoroutineGenerator, EventLoop } from "asyncio-ts";
import { coroutine, createTask, currentTask, getRunningLoop, sleep, waitFor } from "asyncio-ts";
import { kind, type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const work = coroutine(function* (loop: EventLoop) {
    try {
      yield* sleep(10);
    } catch (error) {
      print("cancelled", show(error), loop.time());
      yield* sleep(2);
      print("cleaned up", loop.time());
      throw error;
    }
  });

  const loop = getRunningLoop();
  for (const make of [work, (owner: EventLoop) => createTask(work(owner))]) {
    try {
      yield* waitFor(make(loop), 1);
    } catch (error) {
      print(kind(error), show((error as Error).cause), loop.time());
    }
    print(currentTask()!.cancelling());
  }
}

export async function native(print: Print): Promise<void> {
  const work = coroutine(async (loop: EventLoop) => {
    try {
      await sleep(10);
    } catch (error) {
      print("cancelled", show(error), loop.time());
      await sleep(2);
      print("cleaned up", loop.time());
      throw error;
    }
  });

  const loop = getRunningLoop();
  for (const make of [work, (owner: EventLoop) => createTask(work(owner))]) {
    try {
      await waitFor(make(loop), 1);
    } catch (error) {
      print(kind(error), show((error as Error).cause), loop.time());
    }
    print(currentTask()!.cancelling());
  }
}
