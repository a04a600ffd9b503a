// Fact 100: after a swallowed cancellation, which still counts, a new timeout works.

import type { CoroutineGenerator, EventLoop } from "asyncio-ts";
import { coroutine, createTask, currentTask, getRunningLoop, sleep, timeout } from "asyncio-ts";
import { kind, type Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const work = coroutine(function* (loop: EventLoop) {
    try {
      yield* sleep(10);
    } catch {
      print("swallowed", currentTask()!.cancelling(), loop.time());
    }
    try {
      yield* timeout(1, function* () {
        yield* sleep(10);
      });
    } catch (error) {
      print(kind(error), currentTask()!.cancelling(), loop.time());
    }
    return "done";
  });

  const loop = getRunningLoop();
  const task = createTask(work(loop));
  yield* sleep(1);
  task.cancel();
  print(yield* task, task.cancelled(), task.cancelling());
}

export async function native(print: Print): Promise<void> {
  const work = coroutine(async (loop: EventLoop) => {
    try {
      await sleep(10);
    } catch {
      print("swallowed", currentTask()!.cancelling(), loop.time());
    }
    try {
      await timeout(1, async () => {
        await sleep(10);
      });
    } catch (error) {
      print(kind(error), currentTask()!.cancelling(), loop.time());
    }
    return "done";
  });

  const loop = getRunningLoop();
  const task = createTask(work(loop));
  await sleep(1);
  task.cancel();
  print(await task, task.cancelled(), task.cancelling());
}
