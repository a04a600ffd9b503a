// Tick table: set_result() at k wakes the waiting tasks at k+1, in the order in which they began to wait.

import type { CoroutineGenerator, Future } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const waiter = coroutine(function* (name: string, future: Future<string>, tick: () => number, turns: number) {
    for (let turn = 0; turn < turns; turn += 1) yield* sleep(0);
    print(name, "waits in", tick());
    print(name, "got", yield* future, "in", tick());
  });

  const loop = getRunningLoop();
  const future = loop.createFuture<string>();
  const tick = ticks(loop);
  const tasks = (
    [
      ["a", 2],
      ["b", 0],
      ["c", 1],
    ] as const
  ).map(([name, turns]) => createTask(waiter(name, future, tick, turns)));
  for (let turn = 0; turn < 4; turn += 1) yield* sleep(0);
  future.addDoneCallback(() => print("callback in", tick()));
  print("setting in", tick());
  future.setResult("value");
  for (const task of tasks) yield* task;
  print("main in", tick());
}

export async function native(print: Print): Promise<void> {
  const waiter = coroutine(async (name: string, future: Future<string>, tick: () => number, turns: number) => {
    for (let turn = 0; turn < turns; turn += 1) await sleep(0);
    print(name, "waits in", tick());
    print(name, "got", await future, "in", tick());
  });

  const loop = getRunningLoop();
  const future = loop.createFuture<string>();
  const tick = ticks(loop);
  const tasks = (
    [
      ["a", 2],
      ["b", 0],
      ["c", 1],
    ] as const
  ).map(([name, turns]) => createTask(waiter(name, future, tick, turns)));
  for (let turn = 0; turn < 4; turn += 1) await sleep(0);
  future.addDoneCallback(() => print("callback in", tick()));
  print("setting in", tick());
  future.setResult("value");
  for (const task of tasks) await task;
  print("main in", tick());
}
