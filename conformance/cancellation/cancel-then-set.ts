// Cancel first, then the producer comes: the future is already cancelled and must be asked before it is set.

import type { CoroutineGenerator, Future } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, sleep } from "asyncio-ts";
import { kind, type Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const work = coroutine(function* (future: Future<string>) {
    try {
      return yield* future;
    } catch {
      return "cancelled first";
    }
  });

  const future = getRunningLoop().createFuture<string>();
  const task = createTask(work(future));
  yield* sleep(0);
  task.cancel();
  print(future.done(), future.cancelled());
  try {
    future.setResult("value");
  } catch (error) {
    print(kind(error));
  }
  print(yield* task);
}

export async function native(print: Print): Promise<void> {
  const work = coroutine(async (future: Future<string>) => {
    try {
      return await future;
    } catch {
      return "cancelled first";
    }
  });

  const future = getRunningLoop().createFuture<string>();
  const task = createTask(work(future));
  await sleep(0);
  task.cancel();
  print(future.done(), future.cancelled());
  try {
    future.setResult("value");
  } catch (error) {
    print(kind(error));
  }
  print(await task);
}
