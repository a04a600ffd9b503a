// Fact 119: two tasks that acquire and release in a loop take turns.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, Semaphore, sleep, wait } from "asyncio-ts";
import type { Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const semaphore = new Semaphore(1);
  const order: string[] = [];

  const worker = coroutine(function* (tag: string): CoroutineGenerator<void> {
    for (;;) {
      yield* semaphore.acquire();
      order.push(tag);
      yield* sleep(0.01);
      order.push(tag);
      semaphore.release();
    }
  });

  yield* semaphore.acquire();
  const tasks = [..."AB"].map((tag) => createTask(worker(tag)));
  yield* sleep(0);
  semaphore.release();
  yield* sleep(0.055);
  for (const task of tasks) task.cancel();
  yield* wait(tasks);
  print(order);
}

export async function native(print: Print): Promise<void> {
  const semaphore = new Semaphore(1);
  const order: string[] = [];

  const worker = coroutine(async (tag: string) => {
    for (;;) {
      await semaphore.acquire();
      order.push(tag);
      await sleep(0.01);
      order.push(tag);
      semaphore.release();
    }
  });

  await semaphore.acquire();
  const tasks = [..."AB"].map((tag) => createTask(worker(tag)));
  await sleep(0);
  semaphore.release();
  await sleep(0.055);
  for (const task of tasks) task.cancel();
  await wait(tasks);
  print(order);
}
