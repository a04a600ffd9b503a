// An item that arrives in the very iteration in which the time runs out is not lost.

import type { CoroutineGenerator } from "asyncio-ts";
import { getRunningLoop, Queue, waitFor } from "asyncio-ts";
import { kind, type Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const queue = new Queue();
  const loop = getRunningLoop();
  loop.callLater(1, (item: string) => queue.putNowait(item), "x");
  try {
    print(yield* waitFor(queue.get(), 1), loop.time());
  } catch (error) {
    print(kind(error), String(queue));
  }
}

export async function native(print: Print): Promise<void> {
  const queue = new Queue();
  const loop = getRunningLoop();
  loop.callLater(1, (item: string) => queue.putNowait(item), "x");
  try {
    print(await waitFor(queue.get(), 1), loop.time());
  } catch (error) {
    print(kind(error), String(queue));
  }
}
