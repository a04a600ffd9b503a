// Fact 32: a task cancelled before its first step never runs, and ends as cancelled with the message.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, show, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const work = coroutine(function* () {
    print("never runs");
  });

  const tick = ticks(getRunningLoop());
  const task = createTask(work());
  task.addDoneCallback((t) => print("callback", t.cancelled(), "in", tick()));
  print(task.cancel("too early"), task.cancelled(), task.done(), task.cancelling());
  yield* sleep(0);
  print(task.cancelled(), task.done(), "in", tick());
  try {
    yield* task;
  } catch (error) {
    print(show(error));
  }
}

export async function native(print: Print): Promise<void> {
  const work = coroutine(async () => {
    print("never runs");
  });

  const tick = ticks(getRunningLoop());
  const task = createTask(work());
  task.addDoneCallback((t) => print("callback", t.cancelled(), "in", tick()));
  print(task.cancel("too early"), task.cancelled(), task.done(), task.cancelling());
  await sleep(0);
  print(task.cancelled(), task.done(), "in", tick());
  try {
    await task;
  } catch (error) {
    print(show(error));
  }
}
