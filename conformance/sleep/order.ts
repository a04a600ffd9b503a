// Sleepers wake in the order of their due times, whoever began first.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, sleep } from "asyncio-ts";
import type { Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const sleeper = coroutine(function* (name: string, ...delays: number[]) {
    const loop = getRunningLoop();
    for (const delay of delays) {
      yield* sleep(delay);
      print(name, loop.time());
    }
  });

  const tasks = [
    createTask(sleeper("a", 3, 0.25)),
    createTask(sleeper("b", 1, 1, 2.5)),
    createTask(sleeper("c", 0.5, 0, 1.25)),
    createTask(sleeper("d", 0, 0)),
  ];
  for (const task of tasks) yield* task;
  print("all at", getRunningLoop().time());
}

export async function native(print: Print): Promise<void> {
  const sleeper = coroutine(async (name: string, ...delays: number[]) => {
    const loop = getRunningLoop();
    for (const delay of delays) {
      await sleep(delay);
      print(name, loop.time());
    }
  });

  const tasks = [
    createTask(sleeper("a", 3, 0.25)),
    createTask(sleeper("b", 1, 1, 2.5)),
    createTask(sleeper("c", 0.5, 0, 1.25)),
    createTask(sleeper("d", 0, 0)),
  ];
  for (const task of tasks) await task;
  print("all at", getRunningLoop().time());
}
