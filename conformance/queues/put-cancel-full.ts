// A woken putter is cancelled after somebody else took its room: there is nothing to pass on.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, gather, getRunningLoop, Queue, sleep } from "asyncio-ts";
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
  const tasks = [createTask(put("a", queue, 1, tick)), createTask(put("b", queue, 2, tick))];
  yield* sleep(0);
  print(queue.getNowait());
  queue.putNowait("mine");
  tasks[0]!.cancel();
  yield* sleep(0);
  print(
    tasks.map((task) => task.done()),
    String(queue),
    "in",
    tick(),
  );
  print(queue.getNowait());
  yield* gather(tasks);
  print(String(queue));
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
  const tasks = [createTask(put("a", queue, 1, tick)), createTask(put("b", queue, 2, tick))];
  await sleep(0);
  print(queue.getNowait());
  queue.putNowait("mine");
  tasks[0]!.cancel();
  await sleep(0);
  print(
    tasks.map((task) => task.done()),
    String(queue),
    "in",
    tick(),
  );
  print(queue.getNowait());
  await gather(tasks);
  print(String(queue));
}
