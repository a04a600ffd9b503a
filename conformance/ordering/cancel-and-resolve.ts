// A step that resolves one future and cancels another, in both orders: the wake-ups keep the order of the calls.

import type { CoroutineGenerator, Future } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const waiter = coroutine(function* (name: string, future: Future<string>, tick: () => number) {
    try {
      print(name, yield* future, "in", tick());
    } catch {
      print(name, "cancelled in", tick());
    }
  });

  const loop = getRunningLoop();
  const tick = ticks(loop);
  for (const resolveFirst of [true, false]) {
    const a = loop.createFuture<string>();
    const b = loop.createFuture<string>();
    const first = createTask(waiter("a", a, tick));
    const second = createTask(waiter("b", b, tick));
    yield* sleep(0);
    if (resolveFirst) {
      b.setResult("resolved");
      first.cancel();
    } else {
      second.cancel();
      a.setResult("resolved");
    }
    print("step ends in", tick());
    yield* first;
    yield* second;
  }
}

export async function native(print: Print): Promise<void> {
  const waiter = coroutine(async (name: string, future: Future<string>, tick: () => number) => {
    try {
      print(name, await future, "in", tick());
    } catch {
      print(name, "cancelled in", tick());
    }
  });

  const loop = getRunningLoop();
  const tick = ticks(loop);
  for (const resolveFirst of [true, false]) {
    const a = loop.createFuture<string>();
    const b = loop.createFuture<string>();
    const first = createTask(waiter("a", a, tick));
    const second = createTask(waiter("b", b, tick));
    await sleep(0);
    if (resolveFirst) {
      b.setResult("resolved");
      first.cancel();
    } else {
      second.cancel();
      a.setResult("resolved");
    }
    print("step ends in", tick());
    await first;
    await second;
  }
}
