// Fact 125: shutting down an empty queue: who waits to get is told, put() and get() refuse (test_shutdown_empty).

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
  const put = coroutine(function* (name: string, queue: Queue, item: unknown, tick: () => number) {
    try {
      yield* queue.put(item);
      print(name, "put", item, "in", tick());
    } catch (error) {
      print(name, show(error), "in", tick());
    }
  });

  const tick = ticks(getRunningLoop());
  const queue = new Queue();
  const tasks = [createTask(get("a", queue, tick)), createTask(get("b", queue, tick))];
  yield* sleep(0);
  queue.shutdown();
  print(String(queue));
  yield* queue.join();
  yield* gather(tasks);
  yield* put("put", queue, 1, tick);
  yield* get("get", queue, tick);
  try {
    queue.putNowait(1);
  } catch (error) {
    print(show(error));
  }
  try {
    queue.getNowait();
  } catch (error) {
    print(show(error));
  }
  queue.shutdown();
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
  const queue = new Queue();
  const tasks = [createTask(get("a", queue, tick)), createTask(get("b", queue, tick))];
  await sleep(0);
  queue.shutdown();
  print(String(queue));
  await queue.join();
  await gather(tasks);
  await put("put", queue, 1, tick);
  await get("get", queue, tick);
  try {
    queue.putNowait(1);
  } catch (error) {
    print(show(error));
  }
  try {
    queue.getNowait();
  } catch (error) {
    print(show(error));
  }
  queue.shutdown();
  print(String(queue));
}
