// A woken getter is cancelled after somebody else took the item: there is nothing to pass on.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, gather, getRunningLoop, Queue, sleep } from "asyncio-ts";
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
  const tasks = [createTask(get("a", queue, tick)), createTask(get("b", queue, tick))];
  yield* sleep(0);
  queue.putNowait(1);
  tasks[0]!.cancel();
  print(queue.getNowait(), String(queue));
  yield* sleep(0);
  print(tasks[0]!.done(), tasks[1]!.done(), String(queue));
  queue.putNowait(2);
  yield* gather(tasks);
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
  const tasks = [createTask(get("a", queue, tick)), createTask(get("b", queue, tick))];
  await sleep(0);
  queue.putNowait(1);
  tasks[0]!.cancel();
  print(queue.getNowait(), String(queue));
  await sleep(0);
  print(tasks[0]!.done(), tasks[1]!.done(), String(queue));
  queue.putNowait(2);
  await gather(tasks);
}
