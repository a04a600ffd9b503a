// Fact 96: a cancellation from elsewhere before the deadline stays a CancelledError.

import type { CoroutineGenerator, EventLoop, Timeout } from "asyncio-ts";
import { coroutine, createTask, currentTask, getRunningLoop, sleep, timeout, wait } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const work = coroutine(function* (loop: EventLoop) {
    let t: Timeout | undefined;
    try {
      yield* timeout(5, function* (inner) {
        t = inner;
        yield* sleep(10);
      });
    } catch (error) {
      print(show(error), t?.expired(), currentTask()!.cancelling(), loop.time());
      throw error;
    }
  });

  const loop = getRunningLoop();
  const task = createTask(work(loop));
  yield* sleep(1);
  task.cancel("foreign");
  yield* wait([task]);
  print(task.cancelled());
}

export async function native(print: Print): Promise<void> {
  const work = coroutine(async (loop: EventLoop) => {
    let t: Timeout | undefined;
    try {
      await timeout(5, async (inner) => {
        t = inner;
        await sleep(10);
      });
    } catch (error) {
      print(show(error), t?.expired(), currentTask()!.cancelling(), loop.time());
      throw error;
    }
  });

  const loop = getRunningLoop();
  const task = createTask(work(loop));
  await sleep(1);
  task.cancel("foreign");
  await wait([task]);
  print(task.cancelled());
}
