// Tick table: a future resolved by another future's callback reaches its waiter one iteration later per link.

import type { CoroutineGenerator, Future } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const waiter = coroutine(function* (name: number, future: Future<number>, tick: () => number) {
    print(name, yield* future, "in", tick());
  });

  const loop = getRunningLoop();
  const tick = ticks(loop);
  const futures = [0, 1, 2, 3].map(() => loop.createFuture<number>());
  for (const i of [0, 1, 2]) {
    futures[i]!.addDoneCallback((f) => futures[i + 1]!.setResult(f.result() + 1));
  }
  const tasks = [0, 1, 2, 3].map((i) => createTask(waiter(i, futures[i]!, tick)));
  yield* sleep(0);
  yield* sleep(0);
  print("setting in", tick());
  futures[0]!.setResult(10);
  for (const i of [3, 2, 1, 0]) {
    yield* tasks[i]!;
    print("main saw", i, "in", tick());
  }
}

export async function native(print: Print): Promise<void> {
  const waiter = coroutine(async (name: number, future: Future<number>, tick: () => number) => {
    print(name, await future, "in", tick());
  });

  const loop = getRunningLoop();
  const tick = ticks(loop);
  const futures = [0, 1, 2, 3].map(() => loop.createFuture<number>());
  for (const i of [0, 1, 2]) {
    futures[i]!.addDoneCallback((f) => futures[i + 1]!.setResult(f.result() + 1));
  }
  const tasks = [0, 1, 2, 3].map((i) => createTask(waiter(i, futures[i]!, tick)));
  await sleep(0);
  await sleep(0);
  print("setting in", tick());
  futures[0]!.setResult(10);
  for (const i of [3, 2, 1, 0]) {
    await tasks[i]!;
    print("main saw", i, "in", tick());
  }
}
