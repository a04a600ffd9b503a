// Two conditions on one lock: notifications are apart, the lock is the same.

import type { CoroutineGenerator } from "asyncio-ts";
import { Condition, coroutine, gather, Lock } from "asyncio-ts";
import { type Print, state } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const lock = new Lock();
  const [full, empty] = [new Condition(lock), new Condition(lock)];
  const items: number[] = [];

  const producer = coroutine(function* () {
    for (let item = 0; item < 3; item++) {
      yield* lock.runExclusive(function* () {
        yield* empty.waitFor(() => items.length === 0);
        items.push(item);
        print("put", item, state(full), "|", state(empty));
        full.notify();
      });
    }
  });

  const consumer = coroutine(function* () {
    for (let i = 0; i < 3; i++) {
      yield* full.runExclusive(function* () {
        yield* full.waitFor(() => items.length > 0);
        print("got", items.pop(), lock.locked(), full.locked(), empty.locked());
        empty.notify();
      });
    }
  });

  yield* gather(consumer(), producer());
  print(state(lock));
}

export async function native(print: Print): Promise<void> {
  const lock = new Lock();
  const [full, empty] = [new Condition(lock), new Condition(lock)];
  const items: number[] = [];

  const producer = coroutine(async () => {
    for (let item = 0; item < 3; item++) {
      await lock.runExclusive(async () => {
        await empty.waitFor(() => items.length === 0);
        items.push(item);
        print("put", item, state(full), "|", state(empty));
        full.notify();
      });
    }
  });

  const consumer = coroutine(async () => {
    for (let i = 0; i < 3; i++) {
      await full.runExclusive(async () => {
        await full.waitFor(() => items.length > 0);
        print("got", items.pop(), lock.locked(), full.locked(), empty.locked());
        empty.notify();
      });
    }
  });

  await gather(consumer(), producer());
  print(state(lock));
}
