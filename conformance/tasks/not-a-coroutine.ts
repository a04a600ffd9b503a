// Facts 47, 48: what create_task() and ensure_future() refuse, wrap and return unchanged.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, ensureFuture, getRunningLoop, isFuture } from "asyncio-ts";
import { kind, type Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const work = coroutine(function* () {
    return "wrapped";
  });

  for (const value of [123, "text", null]) {
    try {
      createTask(value as never);
    } catch (error) {
      print((error as Error).message.slice(0, 26));
    }
    try {
      ensureFuture(value as never);
    } catch (error) {
      print(kind(error));
    }
  }
  const future = getRunningLoop().createFuture<void>();
  const task = createTask(work());
  print(ensureFuture(future) === future, ensureFuture(task) === task);
  print(isFuture(future), isFuture(task), isFuture(123));
  print(yield* ensureFuture(work()), yield* task);
}

export async function native(print: Print): Promise<void> {
  const work = coroutine(async () => {
    return "wrapped";
  });

  for (const value of [123, "text", null]) {
    try {
      createTask(value as never);
    } catch (error) {
      print((error as Error).message.slice(0, 26));
    }
    try {
      ensureFuture(value as never);
    } catch (error) {
      print(kind(error));
    }
  }
  const future = getRunningLoop().createFuture<void>();
  const task = createTask(work());
  print(ensureFuture(future) === future, ensureFuture(task) === task);
  print(isFuture(future), isFuture(task), isFuture(123));
  print(await ensureFuture(work()), await task);
}
