// Tick table: awaiting a coroutine runs inside the caller's step, so depth costs no iteration.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  function* nested(depth: number, name: string, tick: () => number): CoroutineGenerator<number> {
    if (depth) return (yield* nested(depth - 1, name, tick)) + 1;
    print(name, "leaf in", tick());
    yield* sleep(0);
    print(name, "leaf again in", tick());
    return 0;
  }

  function* noWait(depth: number): CoroutineGenerator<number> {
    return depth ? (yield* noWait(depth - 1)) + 1 : 0;
  }

  const work = coroutine(function* (depth: number, tick: () => number) {
    print("depth", yield* nested(depth, `d${depth}`, tick), "in", tick());
    print("depth", yield* noWait(depth), "in", tick());
  });

  const tick = ticks(getRunningLoop());
  const tasks = [5, 0, 1, 20].map((depth) => createTask(work(depth, tick)));
  for (const task of tasks) yield* task;
}

export async function native(print: Print): Promise<void> {
  async function nested(depth: number, name: string, tick: () => number): Promise<number> {
    if (depth) return (await nested(depth - 1, name, tick)) + 1;
    print(name, "leaf in", tick());
    await sleep(0);
    print(name, "leaf again in", tick());
    return 0;
  }

  async function noWait(depth: number): Promise<number> {
    return depth ? (await noWait(depth - 1)) + 1 : 0;
  }

  const work = coroutine(async (depth: number, tick: () => number) => {
    print("depth", await nested(depth, `d${depth}`, tick), "in", tick());
    print("depth", await noWait(depth), "in", tick());
  });

  const tick = ticks(getRunningLoop());
  const tasks = [5, 0, 1, 20].map((depth) => createTask(work(depth, tick)));
  for (const task of tasks) await task;
}
