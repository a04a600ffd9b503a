// Fact 71: cancelling a wait() leaves the children running.

import type { CoroutineGenerator, Task } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, sleep, wait } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const child = coroutine(function* (delay: number) {
    yield* sleep(delay);
    print("child", getRunningLoop().time());
  });

  const waiter = coroutine(function* (tasks: Task<void>[]) {
    yield* wait(tasks);
  });

  const tasks = [2, 3].map((delay) => createTask(child(delay)));
  const task = createTask(waiter(tasks));
  yield* sleep(1);
  task.cancel("stop waiting");
  try {
    yield* task;
  } catch (error) {
    print(
      show(error),
      tasks.map((one) => one.done()),
    );
  }
  for (const one of tasks) yield* one;
}

export async function native(print: Print): Promise<void> {
  const child = coroutine(async (delay: number) => {
    await sleep(delay);
    print("child", getRunningLoop().time());
  });

  const waiter = coroutine(async (tasks: Task<void>[]) => {
    await wait(tasks);
  });

  const tasks = [2, 3].map((delay) => createTask(child(delay)));
  const task = createTask(waiter(tasks));
  await sleep(1);
  task.cancel("stop waiting");
  try {
    await task;
  } catch (error) {
    print(
      show(error),
      tasks.map((one) => one.done()),
    );
  }
  for (const one of tasks) await one;
}
