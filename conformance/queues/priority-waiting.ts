// A getter of a PriorityQueue gets the smallest item of the moment at which it goes on.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, gather, getRunningLoop, PriorityQueue, type Queue, sleep } from "asyncio-ts";
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
  const queue = new PriorityQueue(2);
  const tasks = [createTask(get("a", queue, tick)), createTask(get("b", queue, tick))];
  yield* sleep(0);
  queue.putNowait(2);
  queue.putNowait(1);
  yield* gather(tasks);
  queue.putNowait(5);
  queue.putNowait(6);
  const late = createTask(put("p", queue, 4, tick));
  yield* sleep(0);
  print(queue.getNowait(), String(queue));
  yield* late;
  print(String(queue), queue.getNowait(), queue.getNowait());
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
  const queue = new PriorityQueue(2);
  const tasks = [createTask(get("a", queue, tick)), createTask(get("b", queue, tick))];
  await sleep(0);
  queue.putNowait(2);
  queue.putNowait(1);
  await gather(tasks);
  queue.putNowait(5);
  queue.putNowait(6);
  const late = createTask(put("p", queue, 4, tick));
  await sleep(0);
  print(queue.getNowait(), String(queue));
  await late;
  print(String(queue), queue.getNowait(), queue.getNowait());
}
