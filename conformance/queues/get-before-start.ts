// A task that is cancelled before its first step never stands in the line.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, Queue, sleep } from "asyncio-ts";
import { type Print, show, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const get = coroutine(function* (name: string, queue: Queue, tick: () => number) {
    try {
      print(name, "got", yield* queue.get(), "in", tick());
    } catch (error) {
      print(name, show(error), "in", tick());
    }
  });

  const tick = ticks(getRunningLoop());
  const queue = new Queue();
  const task = createTask(queue.get());
  const other = createTask(get("b", queue, tick));
  task.cancel();
  yield* sleep(0);
  print(task.cancelled(), String(queue));
  queue.putNowait(1);
  yield* other;
}

export async function native(print: Print): Promise<void> {
  const get = coroutine(async (name: string, queue: Queue, tick: () => number) => {
    try {
      print(name, "got", await queue.get(), "in", tick());
    } catch (error) {
      print(name, show(error), "in", tick());
    }
  });

  const tick = ticks(getRunningLoop());
  const queue = new Queue();
  const task = createTask(queue.get());
  const other = createTask(get("b", queue, tick));
  task.cancel();
  await sleep(0);
  print(task.cancelled(), String(queue));
  queue.putNowait(1);
  await other;
}
