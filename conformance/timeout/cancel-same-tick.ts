// A foreign cancellation and the deadline in the same iteration: the task stays cancelled, the timeout is expired.

import type { CoroutineGenerator, Timeout } from "asyncio-ts";
import { coroutine, createTask, currentTask, getRunningLoop, sleep, timeout, wait } from "asyncio-ts";
import { kind, type Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const work = coroutine(function* () {
    let t: Timeout | undefined;
    try {
      yield* timeout(1, function* (inner) {
        t = inner;
        yield* sleep(10);
      });
    } catch (error) {
      print(kind(error), t?.expired(), currentTask()!.cancelling());
      throw error;
    }
  });

  const loop = getRunningLoop();
  for (const order of ["cancel first", "deadline first"]) {
    const task = createTask(work());
    if (order === "cancel first") loop.callLater(1, () => task.cancel("foreign"));
    yield* sleep(0.5);
    if (order === "deadline first") loop.callLater(0.5, () => task.cancel("foreign"));
    yield* wait([task]);
    print(order, task.cancelled(), loop.time());
  }
}

export async function native(print: Print): Promise<void> {
  const work = coroutine(async () => {
    let t: Timeout | undefined;
    try {
      await timeout(1, async (inner) => {
        t = inner;
        await sleep(10);
      });
    } catch (error) {
      print(kind(error), t?.expired(), currentTask()!.cancelling());
      throw error;
    }
  });

  const loop = getRunningLoop();
  for (const order of ["cancel first", "deadline first"]) {
    const task = createTask(work());
    if (order === "cancel first") loop.callLater(1, () => task.cancel("foreign"));
    await sleep(0.5);
    if (order === "deadline first") loop.callLater(0.5, () => task.cancel("foreign"));
    await wait([task]);
    print(order, task.cancelled(), loop.time());
  }
}
