// Fact 85: the first exception propagates at once, the siblings run on, and what they raise later is not reported.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, gather, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const child = coroutine(function* (delay: number, fail: boolean) {
    yield* sleep(delay);
    print("child", delay);
    if (fail) throw new RangeError(`child ${delay}`);
  });

  const loop = getRunningLoop();
  loop.setExceptionHandler((_loop, context) => print("reported", context.message));
  try {
    yield* gather(child(3, true), child(1, true), child(2, false));
  } catch (error) {
    print(show(error), loop.time());
  }
  yield* sleep(5);
}

export async function native(print: Print): Promise<void> {
  const child = coroutine(async (delay: number, fail: boolean) => {
    await sleep(delay);
    print("child", delay);
    if (fail) throw new RangeError(`child ${delay}`);
  });

  const loop = getRunningLoop();
  loop.setExceptionHandler((_loop, context) => print("reported", context.message));
  try {
    await gather(child(3, true), child(1, true), child(2, false));
  } catch (error) {
    print(show(error), loop.time());
  }
  await sleep(5);
}
