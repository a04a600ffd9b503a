// Fact 125: what is in the queue can still be taken; join() still needs taskDone() (test_shutdown_nonempty).

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
  const queue = new Queue(1);
  queue.putNowait("data");
  const tasks = [
    createTask(join("j", queue, tick)),
    createTask(put("p", queue, "data2", tick)),
    createTask(put("q", queue, "data3", tick)),
  ];
  yield* sleep(0);
  print(String(queue));
  queue.shutdown();
  print(String(queue));
  yield* sleep(0);
  print(
    tasks.map((task) => task.done()),
    "in",
    tick(),
  );
  yield* get("g", queue, tick);
  yield* get("h", queue, tick);
  yield* put("r", queue, "more", tick);
  print(
    tasks.map((task) => task.done()),
    String(queue),
  );
  queue.taskDone();
  yield* gather(tasks);
  try {
    queue.taskDone();
  } catch (error) {
    print(kind(error));
  }
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
  const queue = new Queue(1);
  queue.putNowait("data");
  const tasks = [
    createTask(join("j", queue, tick)),
    createTask(put("p", queue, "data2", tick)),
    createTask(put("q", queue, "data3", tick)),
  ];
  await sleep(0);
  print(String(queue));
  queue.shutdown();
  print(String(queue));
  await sleep(0);
  print(
    tasks.map((task) => task.done()),
    "in",
    tick(),
  );
  await get("g", queue, tick);
  await get("h", queue, tick);
  await put("r", queue, "more", tick);
  print(
    tasks.map((task) => task.done()),
    String(queue),
  );
  queue.taskDone();
  await gather(tasks);
  try {
    queue.taskDone();
  } catch (error) {
    print(kind(error));
  }
}
