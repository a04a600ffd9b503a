// A second cancellation while a group waits for its children: it counts, but the children are cancelled only once.

import type { CoroutineGenerator, EventLoop } from "asyncio-ts";
import { coroutine, createTask, currentTask, getRunningLoop, sleep, taskGroup, wait } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const child = coroutine(function* (loop: EventLoop) {
    for (let round = 0; round < 3; round += 1) {
      try {
        yield* sleep(5);
        print("child slept until", loop.time());
        return;
      } catch {
        print("child cancelled at", loop.time(), currentTask()!.cancelling());
      }
    }
  });

  const parent = coroutine(function* (loop: EventLoop) {
    try {
      yield* taskGroup(function* (group) {
        group.createTask(child(loop));
      });
    } catch (error) {
      print(show(error), currentTask()!.cancelling(), loop.time());
      throw error;
    }
  });

  const loop = getRunningLoop();
  const task = createTask(parent(loop));
  for (const message of ["one", "two"]) {
    yield* sleep(1);
    task.cancel(message);
  }
  yield* wait([task]);
  print(task.cancelled(), loop.time());
}

export async function native(print: Print): Promise<void> {
  const child = coroutine(async (loop: EventLoop) => {
    for (let round = 0; round < 3; round += 1) {
      try {
        await sleep(5);
        print("child slept until", loop.time());
        return;
      } catch {
        print("child cancelled at", loop.time(), currentTask()!.cancelling());
      }
    }
  });

  const parent = coroutine(async (loop: EventLoop) => {
    try {
      await taskGroup(async (group) => {
        group.createTask(child(loop));
      });
    } catch (error) {
      print(show(error), currentTask()!.cancelling(), loop.time());
      throw error;
    }
  });

  const loop = getRunningLoop();
  const task = createTask(parent(loop));
  for (const message of ["one", "two"]) {
    await sleep(1);
    task.cancel(message);
  }
  await wait([task]);
  print(task.cancelled(), loop.time());
}
