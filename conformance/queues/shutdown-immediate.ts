// Fact 126: an immediate shutdown drops what is in the queue and counts it as done (test_shutdown_immediate).

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, gather, getRunningLoop, Queue, sleep } from "asyncio-ts";
import { kind, type Print, show, ticks } from "../twin.ts";

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
  const join = coroutine(function* (name: string, queue: Queue, tick: () => number) {
    try {
      yield* queue.join();
      print(name, "joined in", tick());
    } catch (error) {
      print(name, show(error), "in", tick());
    }
  });

  const tick = ticks(getRunningLoop());
  const queue = new Queue(2);
  queue.putNowait("a");
  queue.putNowait("b");
  const tasks = [createTask(join("j", queue, tick)), createTask(put("p", queue, "c", tick))];
  yield* sleep(0);
  queue.shutdown({ immediate: true });
  print(String(queue), queue.qsize());
  yield* gather(tasks);
  yield* get("g", queue, tick);
  yield* put("p", queue, "d", tick);
  try {
    queue.taskDone();
  } catch (error) {
    print(kind(error));
  }
  yield* queue.join();
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
  const join = coroutine(async (name: string, queue: Queue, tick: () => number) => {
    try {
      await queue.join();
      print(name, "joined in", tick());
    } catch (error) {
      print(name, show(error), "in", tick());
    }
  });

  const tick = ticks(getRunningLoop());
  const queue = new Queue(2);
  queue.putNowait("a");
  queue.putNowait("b");
  const tasks = [createTask(join("j", queue, tick)), createTask(put("p", queue, "c", tick))];
  await sleep(0);
  queue.shutdown({ immediate: true });
  print(String(queue), queue.qsize());
  await gather(tasks);
  await get("g", queue, tick);
  await put("p", queue, "d", tick);
  try {
    queue.taskDone();
  } catch (error) {
    print(kind(error));
  }
  await queue.join();
}
