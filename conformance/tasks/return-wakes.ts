// Tick table: a task that returns at k wakes the task awaiting it at k+1, however deep the await is nested.

import type { CoroutineGenerator, Task } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const work = coroutine(function* (tick: () => number) {
    yield* sleep(0);
    print("work returns in", tick());
    return "result";
  });

  function* through(depth: number, task: Task<string>): CoroutineGenerator<string> {
    if (depth) return yield* through(depth - 1, task);
    return yield* task;
  }

  const loop = getRunningLoop();
  const tick = ticks(loop, 30);
  for (const depth of [0, 1, 5]) {
    yield* sleep(0);
    const start = tick();
    const task = createTask(work(() => tick() - start));
    task.addDoneCallback(() => print("callback in", tick() - start));
    print(depth, yield* through(depth, task), "in", tick() - start);
  }
}

export async function native(print: Print): Promise<void> {
  const work = coroutine(async (tick: () => number) => {
    await sleep(0);
    print("work returns in", tick());
    return "result";
  });

  async function through(depth: number, task: Task<string>): Promise<string> {
    if (depth) return await through(depth - 1, task);
    return await task;
  }

  const loop = getRunningLoop();
  const tick = ticks(loop, 30);
  for (const depth of [0, 1, 5]) {
    await sleep(0);
    const start = tick();
    const task = createTask(work(() => tick() - start));
    task.addDoneCallback(() => print("callback in", tick() - start));
    print(depth, await through(depth, task), "in", tick() - start);
  }
}
