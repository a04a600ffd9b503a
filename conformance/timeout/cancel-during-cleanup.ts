// A foreign cancellation while the body cleans up after the deadline: the CancelledError comes out, nothing is
// converted.

import type { CoroutineGenerator, EventLoop, Timeout } from "asyncio-ts";
import { coroutine, createTask, currentTask, getRunningLoop, sleep, timeout, wait } from "asyncio-ts";
import { kind, type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const work = coroutine(function* (loop: EventLoop) {
    let t: Timeout | undefined;
    try {
      yield* timeout(1, function* (inner) {
        t = inner;
        try {
          yield* sleep(10);
        } finally {
          print("cleaning up", currentTask()!.cancelling(), loop.time());
          yield* sleep(5);
        }
      });
    } catch (error) {
      print(kind(error), t?.expired(), currentTask()!.cancelling(), loop.time());
      throw error;
    }
  });

  const loop = getRunningLoop();
  for (const delay of [2, 20]) {
    const task = createTask(work(loop));
    const handle = loop.callLater(delay, () => task.cancel());
    yield* wait([task]);
    handle.cancel();
    print(task.cancelled(), task.cancelling());
    if (!task.cancelled()) print(show(task.exception()));
  }
}

export async function native(print: Print): Promise<void> {
  const work = coroutine(async (loop: EventLoop) => {
    let t: Timeout | undefined;
    try {
      await timeout(1, async (inner) => {
        t = inner;
        try {
          await sleep(10);
        } finally {
          print("cleaning up", currentTask()!.cancelling(), loop.time());
          await sleep(5);
        }
      });
    } catch (error) {
      print(kind(error), t?.expired(), currentTask()!.cancelling(), loop.time());
      throw error;
    }
  });

  const loop = getRunningLoop();
  for (const delay of [2, 20]) {
    const task = createTask(work(loop));
    const handle = loop.callLater(delay, () => task.cancel());
    await wait([task]);
    handle.cancel();
    print(task.cancelled(), task.cancelling());
    if (!task.cancelled()) print(show(task.exception()));
  }
}
