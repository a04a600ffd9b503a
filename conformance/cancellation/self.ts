// Fact 36: a task that cancels itself goes on to its next await that suspends; a done future does not suspend.

import type { CoroutineGenerator, EventLoop } from "asyncio-ts";
import { coroutine, createTask, currentTask, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, show, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const work = coroutine(function* (loop: EventLoop, tick: () => number) {
    const done = loop.createFuture<string>();
    done.setResult("done future");
    print(currentTask()!.cancel("myself"));
    print("still running", yield* done);
    try {
      print("suspending in", tick());
      yield* sleep(0);
    } catch (error) {
      print("delivered", show(error), "in", tick());
    }
    yield* sleep(0);
    return "went on";
  });

  const loop = getRunningLoop();
  const tick = ticks(loop);
  const task = createTask(work(loop, tick));
  print(yield* task, task.cancelled(), task.cancelling(), "in", tick());
}

export async function native(print: Print): Promise<void> {
  const work = coroutine(async (loop: EventLoop, tick: () => number) => {
    const done = loop.createFuture<string>();
    done.setResult("done future");
    print(currentTask()!.cancel("myself"));
    print("still running", await done);
    try {
      print("suspending in", tick());
      await sleep(0);
    } catch (error) {
      print("delivered", show(error), "in", tick());
    }
    await sleep(0);
    return "went on";
  });

  const loop = getRunningLoop();
  const tick = ticks(loop);
  const task = createTask(work(loop, tick));
  print(await task, task.cancelled(), task.cancelling(), "in", tick());
}
