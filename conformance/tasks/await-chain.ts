// Tick table: in a chain of tasks, each awaiting the next, the result moves one task per iteration.

import type { CoroutineGenerator, Task } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const link = coroutine(function* (number: number, inner: Task<number> | null, tick: () => number) {
    const value = inner ? yield* inner : yield* leaf();
    print("link", number, "got", value, "in", tick());
    return value + 1;
  });

  function* leaf(): CoroutineGenerator<number> {
    yield* sleep(0);
    return 0;
  }

  const tick = ticks(getRunningLoop());
  let task: Task<number> = createTask(link(0, null, tick));
  for (let number = 1; number < 5; number += 1) task = createTask(link(number, task, tick));
  print("main got", yield* task, "in", tick());
}

export async function native(print: Print): Promise<void> {
  const link = coroutine(async (number: number, inner: Task<number> | null, tick: () => number) => {
    const value = inner ? await inner : await leaf();
    print("link", number, "got", value, "in", tick());
    return value + 1;
  });

  async function leaf(): Promise<number> {
    await sleep(0);
    return 0;
  }

  const tick = ticks(getRunningLoop());
  let task: Task<number> = createTask(link(0, null, tick));
  for (let number = 1; number < 5; number += 1) task = createTask(link(number, task, tick));
  print("main got", await task, "in", tick());
}
