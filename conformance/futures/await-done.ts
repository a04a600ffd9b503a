// Fact 27: awaiting a done future does not suspend, at any depth, whether it gives a value or an error.

import type { CoroutineGenerator, Future } from "asyncio-ts";
import { getRunningLoop, sleep } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  function* through(depth: number, future: Future<string>): CoroutineGenerator<string> {
    if (depth) return yield* through(depth - 1, future);
    return yield* future;
  }

  const loop = getRunningLoop();
  const done = loop.createFuture<string>();
  done.setResult("value");
  const failed = loop.createFuture<string>();
  failed.setException(new RangeError("bad"));
  loop.callSoon(print, "the loop turns");
  for (const depth of [0, 1, 5]) {
    print(depth, yield* through(depth, done), yield* done);
    try {
      yield* through(depth, failed);
    } catch (error) {
      print(depth, show(error));
    }
  }
  print("now suspending");
  yield* sleep(0);
  print("end");
}

export async function native(print: Print): Promise<void> {
  async function through(depth: number, future: Future<string>): Promise<string> {
    if (depth) return await through(depth - 1, future);
    return await future;
  }

  const loop = getRunningLoop();
  const done = loop.createFuture<string>();
  done.setResult("value");
  const failed = loop.createFuture<string>();
  failed.setException(new RangeError("bad"));
  loop.callSoon(print, "the loop turns");
  for (const depth of [0, 1, 5]) {
    print(depth, await through(depth, done), await done);
    try {
      await through(depth, failed);
    } catch (error) {
      print(depth, show(error));
    }
  }
  print("now suspending");
  await sleep(0);
  print("end");
}
