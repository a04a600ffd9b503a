// A body that fails, or is cancelled, gives its permit back.

import type { CoroutineGenerator } from "asyncio-ts";
import { BoundedSemaphore, coroutine, createTask, gather, sleep } from "asyncio-ts";
import { type Print, show, state } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const semaphore = new BoundedSemaphore(2);

  const worker = coroutine(function* (error: Error | null) {
    yield* semaphore.runExclusive(function* () {
      yield* sleep(1);
      if (error !== null) throw error;
      yield* sleep(10);
    });
  });

  const tasks = [new RangeError("bad"), null, new RangeError("worse")].map((error) => createTask(worker(error)));
  yield* sleep(1.5);
  print(state(semaphore));
  tasks[1]!.cancel("enough");
  for (const result of yield* gather(tasks, { returnExceptions: true })) print(show(result));
  print(state(semaphore));
}

export async function native(print: Print): Promise<void> {
  const semaphore = new BoundedSemaphore(2);

  const worker = coroutine(async (error: Error | null) => {
    await semaphore.runExclusive(async () => {
      await sleep(1);
      if (error !== null) throw error;
      await sleep(10);
    });
  });

  const tasks = [new RangeError("bad"), null, new RangeError("worse")].map((error) => createTask(worker(error)));
  await sleep(1.5);
  print(state(semaphore));
  tasks[1]!.cancel("enough");
  for (const result of await gather(tasks, { returnExceptions: true })) print(show(result));
  print(state(semaphore));
}
