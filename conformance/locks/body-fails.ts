// A body that fails, or is cancelled, releases the lock.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, gather, Lock, RuntimeError, sleep } from "asyncio-ts";
import { type Print, show, state } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const lock = new Lock();

  const worker = coroutine(function* (error: Error | null) {
    yield* lock.runExclusive(function* () {
      yield* sleep(0);
      if (error !== null) throw error;
      yield* sleep(1);
    });
  });

  const tasks = [new RangeError("bad"), null, new RuntimeError("worse")].map((error) => createTask(worker(error)));
  yield* sleep(0.5);
  print(state(lock));
  tasks[1]!.cancel("enough");
  for (const result of yield* gather(tasks, { returnExceptions: true })) print(show(result));
  print(state(lock));
}

export async function native(print: Print): Promise<void> {
  const lock = new Lock();

  const worker = coroutine(async (error: Error | null) => {
    await lock.runExclusive(async () => {
      await sleep(0);
      if (error !== null) throw error;
      await sleep(1);
    });
  });

  const tasks = [new RangeError("bad"), null, new RuntimeError("worse")].map((error) => createTask(worker(error)));
  await sleep(0.5);
  print(state(lock));
  tasks[1]!.cancel("enough");
  for (const result of await gather(tasks, { returnExceptions: true })) print(show(result));
  print(state(lock));
}
