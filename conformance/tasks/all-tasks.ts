// Fact 49: all_tasks() holds the tasks that are not done.

import type { CoroutineGenerator } from "asyncio-ts";
import { allTasks, coroutine, createTask, currentTask, sleep } from "asyncio-ts";
import type { Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const work = coroutine(function* (delay: number) {
    yield* sleep(delay);
  });

  const names = (): string[] => [...allTasks()].map((task) => task.getName()).sort();

  currentTask()!.setName("main");
  const tasks = [1, 2, 3].map((delay) => createTask(work(delay), { name: `t${delay}` }));
  print(names());
  yield* tasks[0]!;
  print(names());
  tasks[2]!.cancel();
  print(names());
  yield* sleep(0);
  print(names());
  yield* tasks[1]!;
  print(names());
}

export async function native(print: Print): Promise<void> {
  const work = coroutine(async (delay: number) => {
    await sleep(delay);
  });

  const names = (): string[] => [...allTasks()].map((task) => task.getName()).sort();

  currentTask()!.setName("main");
  const tasks = [1, 2, 3].map((delay) => createTask(work(delay), { name: `t${delay}` }));
  print(names());
  await tasks[0]!;
  print(names());
  tasks[2]!.cancel();
  print(names());
  await sleep(0);
  print(names());
  await tasks[1]!;
  print(names());
}
