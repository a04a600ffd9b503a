// Fact 120: of four that wait, two are cancelled before and after permits come; no permit is lost.

import type { CoroutineGenerator } from "asyncio-ts";
import { createTask, Semaphore, sleep } from "asyncio-ts";
import { type Print, state } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const semaphore = new Semaphore(0);
  const tasks = Array.from({ length: 4 }, () => createTask(semaphore.acquire()));
  yield* sleep(0);
  semaphore.release();
  semaphore.release();
  tasks[0]!.cancel();
  tasks[1]!.cancel();
  for (let i = 0; i < 3; i++) yield* sleep(0);
  print(
    tasks.map((task) => task.done() && !task.cancelled()),
    state(semaphore),
  );
}

export async function native(print: Print): Promise<void> {
  const semaphore = new Semaphore(0);
  const tasks = Array.from({ length: 4 }, () => createTask(semaphore.acquire()));
  await sleep(0);
  semaphore.release();
  semaphore.release();
  tasks[0]!.cancel();
  tasks[1]!.cancel();
  for (let i = 0; i < 3; i++) await sleep(0);
  print(
    tasks.map((task) => task.done() && !task.cancelled()),
    state(semaphore),
  );
}
