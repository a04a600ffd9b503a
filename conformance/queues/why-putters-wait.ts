// test_why_are_putters_waiting: room for two is made in one iteration and used by two.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, gather, getRunningLoop, Queue, sleep } from "asyncio-ts";
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
  const drain = coroutine(function* (queue: Queue, tick: () => number) {
    yield* sleep(0);
    const count = queue.qsize();
    for (let i = 0; i < count; i++) {
      print(i, queue.getNowait(), "in", tick());
    }
  });

  const tick = ticks(getRunningLoop());
  const queue = new Queue(2);
  yield* gather(
    drain(queue, tick),
    put("a", queue, 0, tick),
    put("b", queue, 1, tick),
    put("c", queue, 2, tick),
    put("d", queue, 3, tick),
  );
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
  const drain = coroutine(async (queue: Queue, tick: () => number) => {
    await sleep(0);
    const count = queue.qsize();
    for (let i = 0; i < count; i++) {
      print(i, queue.getNowait(), "in", tick());
    }
  });

  const tick = ticks(getRunningLoop());
  const queue = new Queue(2);
  await gather(
    drain(queue, tick),
    put("a", queue, 0, tick),
    put("b", queue, 1, tick),
    put("c", queue, 2, tick),
    put("d", queue, 3, tick),
  );
  print(String(queue));
}
