// A get() between a getter's wake-up and its step takes the item; the woken one goes to the end of the line.

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
  print("main got", yield* queue.get(), String(queue), "in", tick());
  yield* sleep(0);
  print(String(queue), "in", tick());
  queue.putNowait(2);
  yield* sleep(0);
  queue.putNowait(3);
  yield* gather(tasks);
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
  print("main got", await queue.get(), String(queue), "in", tick());
  await sleep(0);
  print(String(queue), "in", tick());
  queue.putNowait(2);
  await sleep(0);
  queue.putNowait(3);
  await gather(tasks);
}
