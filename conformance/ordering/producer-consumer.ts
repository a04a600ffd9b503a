// A hand-made queue over futures: which item is put and got in which iteration.

import type { CoroutineGenerator, Future } from "asyncio-ts";
import { coroutine, gather, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const producer = coroutine(function* (items: number[], waiters: Future<null>[], tick: () => number) {
    for (let item = 0; item < 5; item += 1) {
      items.push(item);
      print("put", item, "in", tick());
      waiters.shift()?.setResult(null);
      if (item % 2) yield* sleep(0);
    }
  });

  const consumer = coroutine(function* (
    name: string,
    items: number[],
    waiters: Future<null>[],
    tick: () => number,
    count: number,
  ) {
    for (let got = 0; got < count; got += 1) {
      while (items.length === 0) {
        const waiter = getRunningLoop().createFuture<null>();
        waiters.push(waiter);
        yield* waiter;
      }
      print(name, "got", items.shift(), "in", tick());
    }
  });

  const tick = ticks(getRunningLoop());
  const items: number[] = [];
  const waiters: Future<null>[] = [];
  yield* gather(
    consumer("a", items, waiters, tick, 3),
    producer(items, waiters, tick),
    consumer("b", items, waiters, tick, 2),
  );
  print("end in", tick(), items);
}

export async function native(print: Print): Promise<void> {
  const producer = coroutine(async (items: number[], waiters: Future<null>[], tick: () => number) => {
    for (let item = 0; item < 5; item += 1) {
      items.push(item);
      print("put", item, "in", tick());
      waiters.shift()?.setResult(null);
      if (item % 2) await sleep(0);
    }
  });

  const consumer = coroutine(
    async (name: string, items: number[], waiters: Future<null>[], tick: () => number, count: number) => {
      for (let got = 0; got < count; got += 1) {
        while (items.length === 0) {
          const waiter = getRunningLoop().createFuture<null>();
          waiters.push(waiter);
          await waiter;
        }
        print(name, "got", items.shift(), "in", tick());
      }
    },
  );

  const tick = ticks(getRunningLoop());
  const items: number[] = [];
  const waiters: Future<null>[] = [];
  await gather(
    consumer("a", items, waiters, tick, 3),
    producer(items, waiters, tick),
    consumer("b", items, waiters, tick, 2),
  );
  print("end in", tick(), items);
}
