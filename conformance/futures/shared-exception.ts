// An error set on a future reaches every waiter, and it is the same object each time.

import type { CoroutineGenerator, Future } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const waiter = coroutine(function* (name: string, future: Future<void>, seen: unknown[]) {
    try {
      yield* future;
    } catch (error) {
      print(name, show(error));
      seen.push(error);
    }
  });

  const future = getRunningLoop().createFuture<void>();
  const seen: unknown[] = [];
  const tasks = [..."abc"].map((name) => createTask(waiter(name, future, seen)));
  yield* sleep(0);
  future.setException(new RangeError("shared"));
  for (const task of tasks) yield* task;
  yield* waiter("late", future, seen);
  print(
    seen.length,
    seen.every((error) => error === future.exception()),
  );
}

export async function native(print: Print): Promise<void> {
  const waiter = coroutine(async (name: string, future: Future<void>, seen: unknown[]) => {
    try {
      await future;
    } catch (error) {
      print(name, show(error));
      seen.push(error);
    }
  });

  const future = getRunningLoop().createFuture<void>();
  const seen: unknown[] = [];
  const tasks = [..."abc"].map((name) => createTask(waiter(name, future, seen)));
  await sleep(0);
  future.setException(new RangeError("shared"));
  for (const task of tasks) await task;
  await waiter("late", future, seen);
  print(
    seen.length,
    seen.every((error) => error === future.exception()),
  );
}
