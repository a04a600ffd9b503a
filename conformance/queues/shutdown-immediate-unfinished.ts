// Fact 126: items that were taken before still need their taskDone() (test_shutdown_immediate_with_unfinished).

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, Queue, sleep } from "asyncio-ts";
import { kind, type Print, show, ticks } from "../twin.ts";

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
  queue.putNowait("b");
  const task = createTask(join("j", queue, tick));
  print(yield* queue.get());
  queue.shutdown({ immediate: true });
  print(String(queue));
  yield* sleep(0);
  yield* sleep(0);
  print(task.done(), "in", tick());
  queue.taskDone();
  try {
    queue.taskDone();
  } catch (error) {
    print(kind(error));
  }
  yield* task;
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
  queue.putNowait("b");
  const task = createTask(join("j", queue, tick));
  print(await queue.get());
  queue.shutdown({ immediate: true });
  print(String(queue));
  await sleep(0);
  await sleep(0);
  print(task.done(), "in", tick());
  queue.taskDone();
  try {
    queue.taskDone();
  } catch (error) {
    print(kind(error));
  }
  await task;
}
