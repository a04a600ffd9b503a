// Fact 123: a woken putter that is cancelled has put nothing (test_put_cancel_drop).

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
  queue.putNowait(1);
  const writer = createTask(put("a", queue, 2, tick));
  yield* sleep(0);
  print(queue.getNowait());
  writer.cancel();
  yield* writer;
  print(String(queue), "in", tick());
  const again = createTask(put("again", queue, 2, tick));
  yield* again;
  print(queue.getNowait(), queue.qsize());
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
  queue.putNowait(1);
  const writer = createTask(put("a", queue, 2, tick));
  await sleep(0);
  print(queue.getNowait());
  writer.cancel();
  await writer;
  print(String(queue), "in", tick());
  const again = createTask(put("again", queue, 2, tick));
  await again;
  print(queue.getNowait(), queue.qsize());
}
