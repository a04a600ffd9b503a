// Cancel between a failure of the awaited future and the resume: the task sees CancelledError, not the failure.

import type { CoroutineGenerator, Future } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, sleep, wait } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const work = coroutine(function* (future: Future<void>) {
    try {
      yield* future;
    } catch (error) {
      print(show(error));
      throw error;
    }
  });

  const future = getRunningLoop().createFuture<void>();
  const task = createTask(work(future));
  yield* sleep(0);
  future.setException(new RangeError("failed"));
  task.cancel("late");
  yield* wait([task]);
  print(task.cancelled(), show(future.exception()));
}

export async function native(print: Print): Promise<void> {
  const work = coroutine(async (future: Future<void>) => {
    try {
      await future;
    } catch (error) {
      print(show(error));
      throw error;
    }
  });

  const future = getRunningLoop().createFuture<void>();
  const task = createTask(work(future));
  await sleep(0);
  future.setException(new RangeError("failed"));
  task.cancel("late");
  await wait([task]);
  print(task.cancelled(), show(future.exception()));
}
