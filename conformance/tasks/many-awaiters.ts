// Tick table: all who wait for one task wake in the same iteration, in the order in which they began to wait.

import type { CoroutineGenerator, Task } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const work = coroutine(function* () {
    yield* sleep(0);
    yield* sleep(0);
    return "value";
  });

  const awaiter = coroutine(function* (name: string, task: Task<string>, tick: () => number) {
    task.addDoneCallback(() => print(name, "callback"));
    print(name, yield* task, "in", tick());
  });

  const tick = ticks(getRunningLoop());
  const task = createTask(work());
  const awaiters = [..."abc"].map((name) => createTask(awaiter(name, task, tick)));
  print("main", yield* task, "in", tick());
  print(awaiters.map((one) => one.done()));
  for (const one of awaiters) yield* one;
  print("main in", tick());
}

export async function native(print: Print): Promise<void> {
  const work = coroutine(async () => {
    await sleep(0);
    await sleep(0);
    return "value";
  });

  const awaiter = coroutine(async (name: string, task: Task<string>, tick: () => number) => {
    task.addDoneCallback(() => print(name, "callback"));
    print(name, await task, "in", tick());
  });

  const tick = ticks(getRunningLoop());
  const task = createTask(work());
  const awaiters = [..."abc"].map((name) => createTask(awaiter(name, task, tick)));
  print("main", await task, "in", tick());
  print(awaiters.map((one) => one.done()));
  for (const one of awaiters) await one;
  print("main in", tick());
}
