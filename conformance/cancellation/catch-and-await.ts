// Fact 35: a cancellation is delivered once; a task that catches it and awaits again keeps running.

import type { CoroutineGenerator, EventLoop } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const work = coroutine(function* (loop: EventLoop) {
    for (let round = 0; round < 2; round += 1) {
      try {
        yield* sleep(2);
        print("slept", loop.time());
      } catch (error) {
        print(show(error), loop.time());
      }
    }
    yield* sleep(1);
    return "done";
  });

  const loop = getRunningLoop();
  const task = createTask(work(loop));
  yield* sleep(1);
  task.cancel("once");
  print(yield* task, task.cancelling(), loop.time());
}

export async function native(print: Print): Promise<void> {
  const work = coroutine(async (loop: EventLoop) => {
    for (let round = 0; round < 2; round += 1) {
      try {
        await sleep(2);
        print("slept", loop.time());
      } catch (error) {
        print(show(error), loop.time());
      }
    }
    await sleep(1);
    return "done";
  });

  const loop = getRunningLoop();
  const task = createTask(work(loop));
  await sleep(1);
  task.cancel("once");
  print(await task, task.cancelling(), loop.time());
}
