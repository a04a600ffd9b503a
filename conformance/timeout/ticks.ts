// Tick table: a timer that is due cancels in its iteration, the body sees it one iteration later.

import type { CoroutineGenerator, Future } from "asyncio-ts";
import { getRunningLoop, sleep, timeout } from "asyncio-ts";
import type { Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  function* nested(depth: number, future: Future<void>): CoroutineGenerator<void> {
    try {
      if (depth) yield* nested(depth - 1, future);
      else yield* future;
    } catch (error) {
      print("seen at depth", depth);
      throw error;
    }
  }

  const loop = getRunningLoop();
  for (const depth of [0, 1, 3]) {
    yield* sleep(1);
    const future = loop.createFuture<void>();
    const spy = (): void => {
      print("timer of the same time", future.done());
      loop.callSoon(print, "one iteration later");
    };
    try {
      yield* timeout(1, function* () {
        loop.callLater(1, spy);
        yield* nested(depth, future);
      });
    } catch {
      print("converted", future.cancelled(), loop.time());
    }
    yield* sleep(0);
  }
}

export async function native(print: Print): Promise<void> {
  async function nested(depth: number, future: Future<void>): Promise<void> {
    try {
      if (depth) await nested(depth - 1, future);
      else await future;
    } catch (error) {
      print("seen at depth", depth);
      throw error;
    }
  }

  const loop = getRunningLoop();
  for (const depth of [0, 1, 3]) {
    await sleep(1);
    const future = loop.createFuture<void>();
    const spy = (): void => {
      print("timer of the same time", future.done());
      loop.callSoon(print, "one iteration later");
    };
    try {
      await timeout(1, async () => {
        loop.callLater(1, spy);
        await nested(depth, future);
      });
    } catch {
      print("converted", future.cancelled(), loop.time());
    }
    await sleep(0);
  }
}
