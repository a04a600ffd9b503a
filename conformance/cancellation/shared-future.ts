// Cancelling one of two tasks that await the same future cancels the future, and so reaches both.

import type { CoroutineGenerator, Future } from "asyncio-ts";
import { coroutine, createTask, currentTask, getRunningLoop, sleep, wait } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const work = coroutine(function* (name: string, future: Future<void>) {
    try {
      yield* future;
    } catch (error) {
      print(name, show(error), currentTask()!.cancelling());
      throw error;
    }
  });

  const future = getRunningLoop().createFuture<void>();
  const a = createTask(work("a", future));
  const b = createTask(work("b", future));
  yield* sleep(0);
  a.cancel("only a");
  yield* wait([a, b]);
  print(a.cancelled(), b.cancelled(), a.cancelling(), b.cancelling());
}

export async function native(print: Print): Promise<void> {
  const work = coroutine(async (name: string, future: Future<void>) => {
    try {
      await future;
    } catch (error) {
      print(name, show(error), currentTask()!.cancelling());
      throw error;
    }
  });

  const future = getRunningLoop().createFuture<void>();
  const a = createTask(work("a", future));
  const b = createTask(work("b", future));
  await sleep(0);
  a.cancel("only a");
  await wait([a, b]);
  print(a.cancelled(), b.cancelled(), a.cancelling(), b.cancelling());
}
