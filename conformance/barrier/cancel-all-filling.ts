// Fact 122: all that wait are cancelled; the barrier is empty and works.

import type { CoroutineGenerator } from "asyncio-ts";
import { Barrier, createTask, gather, sleep, wait } from "asyncio-ts";
import { type Print, state } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const barrier = new Barrier(3);
  const tasks = Array.from({ length: 2 }, () => createTask(barrier.wait()));
  yield* sleep(0);
  for (const task of tasks) task.cancel();
  yield* wait(tasks);
  print(
    tasks.map((task) => task.cancelled()),
    state(barrier),
  );
  print(yield* gather(Array.from({ length: 3 }, () => barrier.wait())), state(barrier));
}

export async function native(print: Print): Promise<void> {
  const barrier = new Barrier(3);
  const tasks = Array.from({ length: 2 }, () => createTask(barrier.wait()));
  await sleep(0);
  for (const task of tasks) task.cancel();
  await wait(tasks);
  print(
    tasks.map((task) => task.cancelled()),
    state(barrier),
  );
  print(await gather(Array.from({ length: 3 }, () => barrier.wait())), state(barrier));
}
