// A lock that is waited for with a timeout: the waiter that timed out is out of the queue.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, gather, getRunningLoop, Lock, sleep, waitFor } from "asyncio-ts";
import { type Print, show, state } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const loop = getRunningLoop();
  const lock = new Lock();

  const worker = coroutine(function* (name: string, patience: number) {
    try {
      yield* waitFor(lock.acquire(), patience);
      print(name, "has it at", `${loop.time()}.0`);
      lock.release();
    } catch (error) {
      print(name, show(error), state(lock), "at", `${loop.time()}.0`);
    }
  });

  yield* lock.acquire();
  const tasks = (
    [
      ["a", 1],
      ["b", 5],
      ["c", 2],
      ["d", 3],
    ] as const
  ).map(([name, patience]) => createTask(worker(name, patience)));
  yield* sleep(3);
  lock.release();
  yield* gather(tasks);
  print(state(lock));
}

export async function native(print: Print): Promise<void> {
  const loop = getRunningLoop();
  const lock = new Lock();

  const worker = coroutine(async (name: string, patience: number) => {
    try {
      await waitFor(lock.acquire(), patience);
      print(name, "has it at", `${loop.time()}.0`);
      lock.release();
    } catch (error) {
      print(name, show(error), state(lock), "at", `${loop.time()}.0`);
    }
  });

  await lock.acquire();
  const tasks = (
    [
      ["a", 1],
      ["b", 5],
      ["c", 2],
      ["d", 3],
    ] as const
  ).map(([name, patience]) => createTask(worker(name, patience)));
  await sleep(3);
  lock.release();
  await gather(tasks);
  print(state(lock));
}
