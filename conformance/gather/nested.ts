// Tick table: every gather between a leaf and the root costs two iterations; nested results keep their shape.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, gather, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const tree = coroutine(function* (depth: number, tick: () => number): CoroutineGenerator<unknown> {
    if (depth === 0) {
      yield* sleep(0);
      return 1;
    }
    const result = yield* gather(tree(depth - 1, tick), tree(0, tick));
    print("depth", depth, "in", tick());
    return result;
  });

  const tick = ticks(getRunningLoop());
  print(yield* tree(3, tick), "in", tick());
}

export async function native(print: Print): Promise<void> {
  const tree = coroutine(async (depth: number, tick: () => number): Promise<unknown> => {
    if (depth === 0) {
      await sleep(0);
      return 1;
    }
    const result = await gather(tree(depth - 1, tick), tree(0, tick));
    print("depth", depth, "in", tick());
    return result;
  });

  const tick = ticks(getRunningLoop());
  print(await tree(3, tick), "in", tick());
}
