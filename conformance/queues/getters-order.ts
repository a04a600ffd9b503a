// Getters are served in the order in which they came, one iteration after the put.

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
  const tasks = [
    createTask(get("a", queue, tick)),
    createTask(get("b", queue, tick)),
    createTask(get("c", queue, tick)),
  ];
  yield* sleep(0);
  print(String(queue));
  queue.putNowait(1);
  queue.putNowait(2);
  print(String(queue));
  yield* sleep(0);
  queue.putNowait(3);
  yield* gather(tasks);
  print(String(queue), "in", tick());
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
  const tasks = [
    createTask(get("a", queue, tick)),
    createTask(get("b", queue, tick)),
    createTask(get("c", queue, tick)),
  ];
  await sleep(0);
  print(String(queue));
  queue.putNowait(1);
  queue.putNowait(2);
  print(String(queue));
  await sleep(0);
  queue.putNowait(3);
  await gather(tasks);
  print(String(queue), "in", tick());
}
