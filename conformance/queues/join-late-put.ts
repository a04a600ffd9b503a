// What is put after the last taskDone() does not hold up who was waiting.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, Queue, sleep } from "asyncio-ts";
import { type Print, show, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const join = coroutine(function* (name: string, queue: Queue, tick: () => number) {
    try {
      yield* queue.join();
      print(name, "joined in", tick());
    } catch (error) {
      print(name, show(error), "in", tick());
    }
  });

  const tick = ticks(getRunningLoop());
  const queue = new Queue();
  queue.putNowait("a");
  const task = createTask(join("x", queue, tick));
  yield* sleep(0);
  queue.getNowait();
  queue.taskDone();
  queue.putNowait("b");
  const late = createTask(join("late", queue, tick));
  yield* task;
  print(late.done(), String(queue));
  queue.getNowait();
  queue.taskDone();
  yield* late;
}

export async function native(print: Print): Promise<void> {
  const join = coroutine(async (name: string, queue: Queue, tick: () => number) => {
    try {
      await queue.join();
      print(name, "joined in", tick());
    } catch (error) {
      print(name, show(error), "in", tick());
    }
  });

  const tick = ticks(getRunningLoop());
  const queue = new Queue();
  queue.putNowait("a");
  const task = createTask(join("x", queue, tick));
  await sleep(0);
  queue.getNowait();
  queue.taskDone();
  queue.putNowait("b");
  const late = createTask(join("late", queue, tick));
  await task;
  print(late.done(), String(queue));
  queue.getNowait();
  queue.taskDone();
  await late;
}
