// A getter that is woken by an item gets it though the queue is shut down in the same iteration; the others are told.

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
  queue.shutdown();
  print(String(queue));
  yield* gather(tasks);
  const immediate = new Queue();
  const other = createTask(get("c", immediate, tick));
  yield* sleep(0);
  immediate.putNowait(1);
  immediate.shutdown({ immediate: true });
  yield* other;
  print(String(immediate));
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
  queue.shutdown();
  print(String(queue));
  await gather(tasks);
  const immediate = new Queue();
  const other = createTask(get("c", immediate, tick));
  await sleep(0);
  immediate.putNowait(1);
  immediate.shutdown({ immediate: true });
  await other;
  print(String(immediate));
}
