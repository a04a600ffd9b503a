// A LifoQueue gives the newest item first; everything else is as in a Queue.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, LifoQueue, type Queue, sleep } from "asyncio-ts";
import { type Print, show, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const get = coroutine(function* (name: string, queue: Queue, tick: () => number) {
    try {
      print(name, "got", yield* queue.get(), "in", tick());
    } catch (error) {
      print(name, show(error), "in", tick());
    }
  });
  const put = coroutine(function* (name: string, queue: Queue, item: unknown, tick: () => number) {
    try {
      yield* queue.put(item);
      print(name, "put", item, "in", tick());
    } catch (error) {
      print(name, show(error), "in", tick());
    }
  });

  const tick = ticks(getRunningLoop());
  const queue = new LifoQueue(3);
  for (const item of [1, 3, 2]) {
    yield* queue.put(item);
  }
  print(String(queue), queue.full());
  const task = createTask(put("p", queue, 4, tick));
  yield* sleep(0);
  print(queue.getNowait(), String(queue));
  yield* task;
  print(yield* queue.get(), yield* queue.get(), yield* queue.get(), String(queue));
  const waiting = createTask(get("g", queue, tick));
  yield* sleep(0);
  queue.putNowait("a");
  queue.putNowait("b");
  yield* waiting;
  queue.shutdown({ immediate: true });
  print(String(queue));
}

export async function native(print: Print): Promise<void> {
  const get = coroutine(async (name: string, queue: Queue, tick: () => number) => {
    try {
      print(name, "got", await queue.get(), "in", tick());
    } catch (error) {
      print(name, show(error), "in", tick());
    }
  });
  const put = coroutine(async (name: string, queue: Queue, item: unknown, tick: () => number) => {
    try {
      await queue.put(item);
      print(name, "put", item, "in", tick());
    } catch (error) {
      print(name, show(error), "in", tick());
    }
  });

  const tick = ticks(getRunningLoop());
  const queue = new LifoQueue(3);
  for (const item of [1, 3, 2]) {
    await queue.put(item);
  }
  print(String(queue), queue.full());
  const task = createTask(put("p", queue, 4, tick));
  await sleep(0);
  print(queue.getNowait(), String(queue));
  await task;
  print(await queue.get(), await queue.get(), await queue.get(), String(queue));
  const waiting = createTask(get("g", queue, tick));
  await sleep(0);
  queue.putNowait("a");
  queue.putNowait("b");
  await waiting;
  queue.shutdown({ immediate: true });
  print(String(queue));
}
