// Fact 87: with return_exceptions errors and cancellations are results like others.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, gather, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const child = coroutine(function* (delay: number, error: Error | null = null) {
    yield* sleep(delay);
    if (error) throw error;
    return delay;
  });

  const loop = getRunningLoop();
  const cancelled = createTask(child(4));
  loop.callLater(2, () => cancelled.cancel());
  const results = yield* gather(
    [child(3, new RangeError("bad")), child(1), cancelled, child(1.5, new TypeError("worse"))],
    {
      returnExceptions: true,
    },
  );
  print(
    results.map((result) => (typeof result === "number" ? result : show(result))),
    loop.time(),
  );
}

export async function native(print: Print): Promise<void> {
  const child = coroutine(async (delay: number, error: Error | null = null) => {
    await sleep(delay);
    if (error) throw error;
    return delay;
  });

  const loop = getRunningLoop();
  const cancelled = createTask(child(4));
  loop.callLater(2, () => cancelled.cancel());
  const results = await gather(
    [child(3, new RangeError("bad")), child(1), cancelled, child(1.5, new TypeError("worse"))],
    {
      returnExceptions: true,
    },
  );
  print(
    results.map((result) => (typeof result === "number" ? result : show(result))),
    loop.time(),
  );
}
