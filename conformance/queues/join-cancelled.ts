// A cancelled join() leaves the others waiting.

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
  queue.putNowait("a");
  const tasks = [createTask(join("x", queue, tick)), createTask(join("y", queue, tick))];
  yield* sleep(0);
  tasks[0]!.cancel();
  yield* sleep(0);
  print(
    tasks.map((task) => task.done()),
    String(queue),
  );
  queue.taskDone();
  tasks[1]!.cancel();
  yield* gather(tasks);
  print(String(queue), queue.getNowait());
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
  const tasks = [createTask(join("x", queue, tick)), createTask(join("y", queue, tick))];
  await sleep(0);
  tasks[0]!.cancel();
  await sleep(0);
  print(
    tasks.map((task) => task.done()),
    String(queue),
  );
  queue.taskDone();
  tasks[1]!.cancel();
  await gather(tasks);
  print(String(queue), queue.getNowait());
}
