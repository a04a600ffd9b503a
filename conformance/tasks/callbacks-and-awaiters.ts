// Fact 22: done callbacks of a task and the wake-ups of those who await it share one order of registration.

import type { CoroutineGenerator, Task } from "asyncio-ts";
import { coroutine, createTask, sleep } from "asyncio-ts";
import type { Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const work = coroutine(function* () {
    yield* sleep(0);
    yield* sleep(0);
    return 1;
  });

  const awaiter = coroutine(function* (name: string, task: Task<number>) {
    yield* task;
    print(name);
  });

  const task = createTask(work());
  task.addDoneCallback(() => print("callback 1"));
  const first = createTask(awaiter("awaiter 1", task));
  yield* sleep(0);
  task.addDoneCallback(() => print("callback 2"));
  const second = createTask(awaiter("awaiter 2", task));
  yield* sleep(0);
  task.addDoneCallback(() => print("callback 3"));
  yield* second;
  print(first.done());
}

export async function native(print: Print): Promise<void> {
  const work = coroutine(async () => {
    await sleep(0);
    await sleep(0);
    return 1;
  });

  const awaiter = coroutine(async (name: string, task: Task<number>) => {
    await task;
    print(name);
  });

  const task = createTask(work());
  task.addDoneCallback(() => print("callback 1"));
  const first = createTask(awaiter("awaiter 1", task));
  await sleep(0);
  task.addDoneCallback(() => print("callback 2"));
  const second = createTask(awaiter("awaiter 2", task));
  await sleep(0);
  task.addDoneCallback(() => print("callback 3"));
  await second;
  print(first.done());
}
