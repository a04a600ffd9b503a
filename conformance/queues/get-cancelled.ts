// Fact 123, 124: a cancelled getter is not served and not kept; the next one gets the item (test_get_cancelled_race).

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, Queue, sleep } from "asyncio-ts";
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
  const first = createTask(get("a", queue, tick));
  const second = createTask(get("b", queue, tick));
  yield* sleep(0);
  first.cancel();
  print(String(queue));
  yield* sleep(0);
  print(first.done(), String(queue));
  yield* queue.put("x");
  yield* second;
  print(String(queue), "in", tick());
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
  const first = createTask(get("a", queue, tick));
  const second = createTask(get("b", queue, tick));
  await sleep(0);
  first.cancel();
  print(String(queue));
  await sleep(0);
  print(first.done(), String(queue));
  await queue.put("x");
  await second;
  print(String(queue), "in", tick());
}
