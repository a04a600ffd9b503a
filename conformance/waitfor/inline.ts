// Tick table: wait_for() awaits a coroutine in the caller's own task, without an extra task or turn.

import type { CoroutineGenerator } from "asyncio-ts";
import { allTasks, coroutine, currentTask, getRunningLoop, sleep, waitFor } from "asyncio-ts";
import { type Print, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const nested = coroutine(function* (depth: number): CoroutineGenerator<string> {
    if (depth) return yield* waitFor(nested(depth - 1), 10);
    yield* sleep(0);
    return currentTask()!.getName();
  });

  currentTask()!.setName("main");
  const tick = ticks(getRunningLoop());
  for (const depth of [0, 1, 5]) {
    const before = tick();
    print(depth, yield* nested(depth), allTasks().size, "took", tick() - before);
  }
  try {
    yield* waitFor(waitFor(sleep(10), 1), 5);
  } catch {
    print("inner", getRunningLoop().time());
  }
}

export async function native(print: Print): Promise<void> {
  const nested = coroutine(async (depth: number): Promise<string> => {
    if (depth) return await waitFor(nested(depth - 1), 10);
    await sleep(0);
    return currentTask()!.getName();
  });

  currentTask()!.setName("main");
  const tick = ticks(getRunningLoop());
  for (const depth of [0, 1, 5]) {
    const before = tick();
    print(depth, await nested(depth), allTasks().size, "took", tick() - before);
  }
  try {
    await waitFor(waitFor(sleep(10), 1), 5);
  } catch {
    print("inner", getRunningLoop().time());
  }
}
