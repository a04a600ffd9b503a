// Fact 84: results come in the order of the arguments; the same coroutine twice is one child; no arguments: done at
// once.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, gather, getRunningLoop, sleep } from "asyncio-ts";
import type { Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const child = coroutine(function* (delay: number) {
    yield* sleep(delay);
    print("child", delay);
    return delay;
  });

  const loop = getRunningLoop();
  const future = loop.createFuture<string>();
  loop.callLater(1.5, () => future.setResult("future"));
  print(yield* gather(child(3), child(1), future, child(2)), loop.time());
  const twice = child(1);
  print(yield* gather(twice, child(2), twice), loop.time());
  const empty = gather();
  print(empty.done(), yield* empty);
}

export async function native(print: Print): Promise<void> {
  const child = coroutine(async (delay: number) => {
    await sleep(delay);
    print("child", delay);
    return delay;
  });

  const loop = getRunningLoop();
  const future = loop.createFuture<string>();
  loop.callLater(1.5, () => future.setResult("future"));
  print(await gather(child(3), child(1), future, child(2)), loop.time());
  const twice = child(1);
  print(await gather(twice, child(2), twice), loop.time());
  const empty = gather();
  print(empty.done(), await empty);
}
