// Fact 75: whatever order they are awaited in, what as_completed() gives resolves in the order of completion.

import type { CoroutineGenerator } from "asyncio-ts";
import { asCompleted, coroutine, getRunningLoop, sleep } from "asyncio-ts";
import type { Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const child = coroutine(function* (delay: number) {
    yield* sleep(delay);
    return delay;
  });

  const loop = getRunningLoop();
  for (const awaited of asCompleted([child(3), child(1), child(2)])) {
    print(yield* awaited, loop.time());
  }
  const [first, second, third] = asCompleted([child(3), child(1), child(2)]);
  print(yield* third!, loop.time());
  print(yield* first!, loop.time());
  print(yield* second!, loop.time());
  print([...asCompleted([])]);
}

export async function native(print: Print): Promise<void> {
  const child = coroutine(async (delay: number) => {
    await sleep(delay);
    return delay;
  });

  const loop = getRunningLoop();
  for (const awaited of asCompleted([child(3), child(1), child(2)])) {
    print(await awaited, loop.time());
  }
  const [first, second, third] = asCompleted([child(3), child(1), child(2)]);
  print(await third!, loop.time());
  print(await first!, loop.time());
  print(await second!, loop.time());
  print([...asCompleted([])]);
}
