// Fact 123: a cancelled putter has put nothing and keeps nobody waiting (test_put_cancelled_race).

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
  const tasks = [
    createTask(put("a", queue, 1, tick)),
    createTask(put("b", queue, 2, tick)),
    createTask(put("c", queue, 3, tick)),
  ];
  yield* sleep(0);
  tasks[2]!.cancel();
  yield* sleep(0);
  print(
    tasks.map((task) => task.done()),
    String(queue),
  );
  print(queue.getNowait());
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
  const tasks = [
    createTask(put("a", queue, 1, tick)),
    createTask(put("b", queue, 2, tick)),
    createTask(put("c", queue, 3, tick)),
  ];
  await sleep(0);
  tasks[2]!.cancel();
  await sleep(0);
  print(
    tasks.map((task) => task.done()),
    String(queue),
  );
  print(queue.getNowait());
  await sleep(0);
  print(queue.getNowait(), String(queue), "in", tick());
}
