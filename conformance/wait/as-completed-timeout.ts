// Fact 76: a timeout of as_completed() is a TimeoutError from what it gave; the children are not cancelled.

import type { CoroutineGenerator } from "asyncio-ts";
import { asCompleted, coroutine, createTask, getRunningLoop, sleep } from "asyncio-ts";
import { kind, type Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const child = coroutine(function* (delay: number) {
    yield* sleep(delay);
    return delay;
  });

  const loop = getRunningLoop();
  const tasks = [1, 3, 5].map((delay) => createTask(child(delay)));
  for (const awaited of asCompleted(tasks, { timeout: 2 })) {
    try {
      print(yield* awaited, loop.time());
    } catch (error) {
      print(kind(error), loop.time());
    }
  }
  print(tasks.map((task) => task.done()));
  print(yield* tasks[2]!, yield* tasks[1]!, loop.time());
}

export async function native(print: Print): Promise<void> {
  const child = coroutine(async (delay: number) => {
    await sleep(delay);
    return delay;
  });

  const loop = getRunningLoop();
  const tasks = [1, 3, 5].map((delay) => createTask(child(delay)));
  for (const awaited of asCompleted(tasks, { timeout: 2 })) {
    try {
      print(await awaited, loop.time());
    } catch (error) {
      print(kind(error), loop.time());
    }
  }
  print(tasks.map((task) => task.done()));
  print(await tasks[2]!, await tasks[1]!, loop.time());
}
