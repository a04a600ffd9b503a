// Fact 95: with different deadlines each timeout converts its own cancellation.

import type { CoroutineGenerator, Timeout } from "asyncio-ts";
import { currentTask, getRunningLoop, sleep, timeout } from "asyncio-ts";
import { kind, type Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const loop = getRunningLoop();
  for (const [outerDelay, innerDelay] of [
    [1, 2],
    [2, 1],
  ] as const) {
    const start = loop.time();
    let outer: Timeout | undefined;
    let inner: Timeout | undefined;
    try {
      yield* timeout(outerDelay, function* (outerTimeout) {
        outer = outerTimeout;
        try {
          yield* timeout(innerDelay, function* (innerTimeout) {
            inner = innerTimeout;
            yield* sleep(10);
          });
        } catch (error) {
          print("inner", kind(error), inner?.expired(), loop.time() - start);
          yield* sleep(10);
        }
      });
    } catch (error) {
      print("outer", kind(error), outer?.expired(), inner?.expired(), loop.time() - start);
    }
    print(currentTask()!.cancelling());
  }
}

export async function native(print: Print): Promise<void> {
  const loop = getRunningLoop();
  for (const [outerDelay, innerDelay] of [
    [1, 2],
    [2, 1],
  ] as const) {
    const start = loop.time();
    let outer: Timeout | undefined;
    let inner: Timeout | undefined;
    try {
      await timeout(outerDelay, async (outerTimeout) => {
        outer = outerTimeout;
        try {
          await timeout(innerDelay, async (innerTimeout) => {
            inner = innerTimeout;
            await sleep(10);
          });
        } catch (error) {
          print("inner", kind(error), inner?.expired(), loop.time() - start);
          await sleep(10);
        }
      });
    } catch (error) {
      print("outer", kind(error), outer?.expired(), inner?.expired(), loop.time() - start);
    }
    print(currentTask()!.cancelling());
  }
}
