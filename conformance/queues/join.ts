// join() waits until taskDone() was called for every item; an empty queue is joined at once (test_join_empty_queue).

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, gather, getRunningLoop, Queue, sleep } from "asyncio-ts";
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
  yield* queue.join();
  yield* queue.join();
  print("joined in", tick());
  queue.putNowait("a");
  queue.putNowait("b");
  const tasks = [createTask(join("x", queue, tick)), createTask(join("y", queue, tick))];
  yield* sleep(0);
  print(queue.getNowait(), queue.getNowait(), String(queue));
  queue.taskDone();
  yield* sleep(0);
  print(
    tasks.map((task) => task.done()),
    String(queue),
    "in",
    tick(),
  );
  queue.taskDone();
  yield* gather(tasks);
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
  await queue.join();
  await queue.join();
  print("joined in", tick());
  queue.putNowait("a");
  queue.putNowait("b");
  const tasks = [createTask(join("x", queue, tick)), createTask(join("y", queue, tick))];
  await sleep(0);
  print(queue.getNowait(), queue.getNowait(), String(queue));
  queue.taskDone();
  await sleep(0);
  print(
    tasks.map((task) => task.done()),
    String(queue),
    "in",
    tick(),
  );
  queue.taskDone();
  await gather(tasks);
}
