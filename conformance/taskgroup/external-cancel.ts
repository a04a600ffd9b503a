// Fact 104: cancelling the parent cancels the children and comes out as a plain CancelledError, from body or exit.

import type { CoroutineGenerator, EventLoop } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, sleep, taskGroup } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const child = coroutine(function* (loop: EventLoop) {
    try {
      yield* sleep(10);
    } catch (error) {
      yield* sleep(1);
      print("child left at", loop.time());
      throw error;
    }
  });

  const parent = coroutine(function* (loop: EventLoop, inBody: boolean) {
    yield* taskGroup(function* (group) {
      group.createTask(child(loop));
      if (inBody) yield* sleep(10);
    });
  });

  const loop = getRunningLoop();
  for (const inBody of [true, false]) {
    const task = createTask(parent(loop, inBody));
    yield* sleep(1);
    task.cancel("stop");
    try {
      yield* task;
    } catch (error) {
      print(show(error), task.cancelled(), task.cancelling(), loop.time());
    }
  }
}

export async function native(print: Print): Promise<void> {
  const child = coroutine(async (loop: EventLoop) => {
    try {
      await sleep(10);
    } catch (error) {
      await sleep(1);
      print("child left at", loop.time());
      throw error;
    }
  });

  const parent = coroutine(async (loop: EventLoop, inBody: boolean) => {
    await taskGroup(async (group) => {
      group.createTask(child(loop));
      if (inBody) await sleep(10);
    });
  });

  const loop = getRunningLoop();
  for (const inBody of [true, false]) {
    const task = createTask(parent(loop, inBody));
    await sleep(1);
    task.cancel("stop");
    try {
      await task;
    } catch (error) {
      print(show(error), task.cancelled(), task.cancelling(), loop.time());
    }
  }
}
