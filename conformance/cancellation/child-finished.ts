// Cancel in the tick in which the child finished: the parent is cancelled, the child keeps its result.

import type { CoroutineGenerator, Task } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, sleep, wait } from "asyncio-ts";
import { type Print, show, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const child = coroutine(function* (tick: () => number) {
    yield* sleep(0);
    print("child returns in", tick());
    return "value";
  });

  const parent = coroutine(function* (task: Task<string>, tick: () => number) {
    try {
      print("parent got", yield* task);
    } catch (error) {
      print("parent", show(error), "in", tick(), task.result());
      throw error;
    }
  });

  const tick = ticks(getRunningLoop());
  const inner = createTask(child(tick));
  const outer = createTask(parent(inner, tick));
  yield* sleep(0);
  yield* sleep(0);
  print(inner.done(), outer.done(), outer.cancel("same tick"), "in", tick());
  yield* wait([outer]);
  print(inner.cancelled(), outer.cancelled(), "in", tick());
}

export async function native(print: Print): Promise<void> {
  const child = coroutine(async (tick: () => number) => {
    await sleep(0);
    print("child returns in", tick());
    return "value";
  });

  const parent = coroutine(async (task: Task<string>, tick: () => number) => {
    try {
      print("parent got", await task);
    } catch (error) {
      print("parent", show(error), "in", tick(), task.result());
      throw error;
    }
  });

  const tick = ticks(getRunningLoop());
  const inner = createTask(child(tick));
  const outer = createTask(parent(inner, tick));
  await sleep(0);
  await sleep(0);
  print(inner.done(), outer.done(), outer.cancel("same tick"), "in", tick());
  await wait([outer]);
  print(inner.cancelled(), outer.cancelled(), "in", tick());
}
