// Fact 86: a cancelled child makes the gather fail with CancelledError; the gather itself is not cancelled.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, currentTask, gather, sleep } from "asyncio-ts";
import { kind, type Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const child = coroutine(function* (delay: number) {
    yield* sleep(delay);
    print("child", delay);
  });

  const tasks = [1, 2, 3].map((delay) => createTask(child(delay)));
  const outer = gather(...tasks);
  yield* sleep(1.5);
  tasks[1]!.cancel("only this one");
  try {
    yield* outer;
  } catch (error) {
    print(kind(error), outer.cancelled(), currentTask()!.cancelling());
  }
  print(tasks.map((task) => task.done()));
  yield* tasks[2]!;
}

export async function native(print: Print): Promise<void> {
  const child = coroutine(async (delay: number) => {
    await sleep(delay);
    print("child", delay);
  });

  const tasks = [1, 2, 3].map((delay) => createTask(child(delay)));
  const outer = gather(...tasks);
  await sleep(1.5);
  tasks[1]!.cancel("only this one");
  try {
    await outer;
  } catch (error) {
    print(kind(error), outer.cancelled(), currentTask()!.cancelling());
  }
  print(tasks.map((task) => task.done()));
  await tasks[2]!;
}
