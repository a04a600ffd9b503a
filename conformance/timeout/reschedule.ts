// Fact 99: a timeout can be off, moved, and switched off again while it is active.

import type { CoroutineGenerator, Timeout } from "asyncio-ts";
import { getRunningLoop, sleep, timeout } from "asyncio-ts";
import type { Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const loop = getRunningLoop();
  let t: Timeout | undefined;
  yield* timeout(null, function* (inner) {
    t = inner;
    print(inner.when(), inner.expired());
    yield* sleep(5);
    inner.reschedule(loop.time() + 1);
    print(inner.when());
    yield* sleep(0.5);
    inner.reschedule(loop.time() + 2);
    yield* sleep(1.5);
    inner.reschedule(null);
    print(inner.when(), loop.time());
    yield* sleep(10);
  });
  print(t?.expired(), loop.time());
  try {
    yield* timeout(100, function* (inner) {
      t = inner;
      inner.reschedule(loop.time() - 1);
      yield* sleep(1);
    });
  } catch {
    print(t?.expired(), loop.time());
  }
}

export async function native(print: Print): Promise<void> {
  const loop = getRunningLoop();
  let t: Timeout | undefined;
  await timeout(null, async (inner) => {
    t = inner;
    print(inner.when(), inner.expired());
    await sleep(5);
    inner.reschedule(loop.time() + 1);
    print(inner.when());
    await sleep(0.5);
    inner.reschedule(loop.time() + 2);
    await sleep(1.5);
    inner.reschedule(null);
    print(inner.when(), loop.time());
    await sleep(10);
  });
  print(t?.expired(), loop.time());
  try {
    await timeout(100, async (inner) => {
      t = inner;
      inner.reschedule(loop.time() - 1);
      await sleep(1);
    });
  } catch {
    print(t?.expired(), loop.time());
  }
}
