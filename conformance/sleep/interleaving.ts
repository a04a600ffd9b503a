// Tick table: tasks that loop on sleep(0) take turns in a fixed order, however deep the sleep is awaited.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  function* pause(depth: number): CoroutineGenerator<void> {
    if (depth) yield* pause(depth - 1);
    else yield* sleep(0);
  }

  const worker = coroutine(function* (name: string, depth: number, steps: number, tick: () => number) {
    for (let step = 0; step < steps; step += 1) {
      print(`${name}${step}`, "in", tick());
      yield* pause(depth);
    }
    return name;
  });

  const tick = ticks(getRunningLoop());
  const tasks = [
    createTask(worker("a", 0, 3, tick)),
    createTask(worker("b", 5, 4, tick)),
    createTask(worker("c", 1, 2, tick)),
  ];
  for (const task of tasks) print(yield* task, "ended, seen in", tick());
}

export async function native(print: Print): Promise<void> {
  async function pause(depth: number): Promise<void> {
    if (depth) await pause(depth - 1);
    else await sleep(0);
  }

  const worker = coroutine(async (name: string, depth: number, steps: number, tick: () => number) => {
    for (let step = 0; step < steps; step += 1) {
      print(`${name}${step}`, "in", tick());
      await pause(depth);
    }
    return name;
  });

  const tick = ticks(getRunningLoop());
  const tasks = [
    createTask(worker("a", 0, 3, tick)),
    createTask(worker("b", 5, 4, tick)),
    createTask(worker("c", 1, 2, tick)),
  ];
  for (const task of tasks) print(await task, "ended, seen in", tick());
}
