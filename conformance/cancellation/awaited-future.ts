// Fact 40: cancelling the awaited future or child cancels the task that awaits it, without a count.

import type { CoroutineGenerator, Future } from "asyncio-ts";
import { coroutine, createTask, currentTask, getRunningLoop, sleep, wait } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const work = coroutine(function* (awaited: Future<void>) {
    try {
      yield* awaited;
    } catch (error) {
      print(show(error), currentTask()!.cancelling());
      throw error;
    }
  });

  const future = getRunningLoop().createFuture<void>();
  const child = createTask(sleep(10));
  const tasks = [createTask(work(future)), createTask(work(child))];
  yield* sleep(0);
  future.cancel("the future");
  child.cancel("the child");
  yield* wait(tasks);
  print(
    tasks.map((task) => task.cancelled()),
    tasks.map((task) => task.cancelling()),
  );
}

export async function native(print: Print): Promise<void> {
  const work = coroutine(async (awaited: Future<void>) => {
    try {
      await awaited;
    } catch (error) {
      print(show(error), currentTask()!.cancelling());
      throw error;
    }
  });

  const future = getRunningLoop().createFuture<void>();
  const child = createTask(sleep(10));
  const tasks = [createTask(work(future)), createTask(work(child))];
  await sleep(0);
  future.cancel("the future");
  child.cancel("the child");
  await wait(tasks);
  print(
    tasks.map((task) => task.cancelled()),
    tasks.map((task) => task.cancelling()),
  );
}
