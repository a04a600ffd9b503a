// A woken putter that is cancelled passes the room on to the next one.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, Queue, sleep } from "asyncio-ts";
import { type Print, show, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const put = coroutine(function* (name: string, queue: Queue, item: unknown, tick: () => number) {
    try {
      yield* queue.put(item);
      print(name, "put", item, "in", tick());
    } catch (error) {
      print(name, show(error), "in", tick());
    }
  });

  const tick = ticks(getRunningLoop());
  const queue = new Queue(1);
  queue.putNowait(0);
  const tasks = [
    createTask(put("a", queue, 1, tick)),
    createTask(put("b", queue, 2, tick)),
    createTask(put("c", queue, 3, tick)),
  ];
  yield* sleep(0);
  print(queue.getNowait());
  tasks[0]!.cancel();
  print(String(queue));
  yield* sleep(0);
  print(String(queue), "in", tick());
  yield* sleep(0);
  print(queue.getNowait(), String(queue), "in", tick());
  yield* sleep(0);
  print(queue.getNowait(), String(queue), "in", tick());
}

export async function native(print: Print): Promise<void> {
  const put = coroutine(async (name: string, queue: Queue, item: unknown, tick: () => number) => {
    try {
      await queue.put(item);
      print(name, "put", item, "in", tick());
    } catch (error) {
      print(name, show(error), "in", tick());
    }
  });

  const tick = ticks(getRunningLoop());
  const queue = new Queue(1);
  queue.putNowait(0);
  const tasks = [
    createTask(put("a", queue, 1, tick)),
    createTask(put("b", queue, 2, tick)),
    createTask(put("c", queue, 3, tick)),
  ];
  await sleep(0);
  print(queue.getNowait());
  tasks[0]!.cancel();
  print(String(queue));
  await sleep(0);
  print(String(queue), "in", tick());
  await sleep(0);
  print(queue.getNowait(), String(queue), "in", tick());
  await sleep(0);
  print(queue.getNowait(), String(queue), "in", tick());
}
