// Fact 93: an expired timeout raises TimeoutError with the CancelledError as its cause, and leaves no trace in the
// task.

import type { CoroutineGenerator, Timeout } from "asyncio-ts";
import { currentTask, getRunningLoop, sleep, timeout } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  function* nested(depth: number): CoroutineGenerator<void> {
    if (depth) yield* nested(depth - 1);
    else yield* sleep(10);
  }

  const loop = getRunningLoop();
  let t: Timeout | undefined;
  for (const depth of [0, 1, 5]) {
    try {
      yield* timeout(1, function* (inner) {
        t = inner;
        print(inner.when() === loop.time() + 1, inner.expired());
        yield* nested(depth);
        print("not reached");
      });
    } catch (error) {
      print(show(error), show((error as Error).cause), t?.expired(), loop.time());
    }
    print(currentTask()!.cancelling());
  }
  yield* timeout(5, function* (inner) {
    t = inner;
    yield* sleep(1);
  });
  print(t?.expired(), loop.time());
  yield* sleep(10);
  print("not cancelled later", loop.time());
}

export async function native(print: Print): Promise<void> {
  async function nested(depth: number): Promise<void> {
    if (depth) await nested(depth - 1);
    else await sleep(10);
  }

  const loop = getRunningLoop();
  let t: Timeout | undefined;
  for (const depth of [0, 1, 5]) {
    try {
      await timeout(1, async (inner) => {
        t = inner;
        print(inner.when() === loop.time() + 1, inner.expired());
        await nested(depth);
        print("not reached");
      });
    } catch (error) {
      print(show(error), show((error as Error).cause), t?.expired(), loop.time());
    }
    print(currentTask()!.cancelling());
  }
  await timeout(5, async (inner) => {
    t = inner;
    await sleep(1);
  });
  print(t?.expired(), loop.time());
  await sleep(10);
  print("not cancelled later", loop.time());
}
