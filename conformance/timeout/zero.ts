// Fact 98: a deadline that has passed fires at the first await that suspends, even at sleep(0).

import type { Body, Coroutine, CoroutineGenerator, Timeout } from "asyncio-ts";
import { getRunningLoop, sleep, timeout, timeoutAt } from "asyncio-ts";
import type { Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const loop = getRunningLoop();
  yield* sleep(5);
  const make: ((body: (t: Timeout) => Body<void>) => Coroutine<void>)[] = [
    (body) => timeout(0, body),
    (body) => timeout(-1, body),
    (body) => timeoutAt(3, body),
  ];
  let t: Timeout | undefined;
  for (const start of make) {
    const done = loop.createFuture<string>();
    done.setResult("a done future is no suspension");
    try {
      yield* start(function* (inner): CoroutineGenerator<void> {
        t = inner;
        print(yield* done, inner.expired());
        yield* sleep(0);
        print("not reached");
      });
    } catch {
      print("timed out", t?.expired(), loop.time());
    }
  }
  yield* timeout(0, function* (inner) {
    t = inner;
  });
  print(t?.expired());
  yield* sleep(0);
}

export async function native(print: Print): Promise<void> {
  const loop = getRunningLoop();
  await sleep(5);
  const make: ((body: (t: Timeout) => Body<void>) => Coroutine<void>)[] = [
    (body) => timeout(0, body),
    (body) => timeout(-1, body),
    (body) => timeoutAt(3, body),
  ];
  let t: Timeout | undefined;
  for (const start of make) {
    const done = loop.createFuture<string>();
    done.setResult("a done future is no suspension");
    try {
      await start(async (inner): Promise<void> => {
        t = inner;
        print(await done, inner.expired());
        await sleep(0);
        print("not reached");
      });
    } catch {
      print("timed out", t?.expired(), loop.time());
    }
  }
  await timeout(0, async (inner) => {
    t = inner;
  });
  print(t?.expired());
  await sleep(0);
}
