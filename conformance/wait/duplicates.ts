// Fact 70: wait() takes iterators, and the same task twice is one task.

import type { CoroutineGenerator } from "asyncio-ts";
import { createTask, getRunningLoop, sleep, wait } from "asyncio-ts";
import type { Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const loop = getRunningLoop();
  const a = createTask(sleep(1));
  const b = createTask(sleep(2));
  let [done, pending] = yield* wait([a, b, a].values());
  print(done.size, pending.size, done.has(a), done.has(b), loop.time());
  [done, pending] = yield* wait([a, a]);
  print(done.size, pending.size, loop.time());
}

export async function native(print: Print): Promise<void> {
  const loop = getRunningLoop();
  const a = createTask(sleep(1));
  const b = createTask(sleep(2));
  let [done, pending] = await wait([a, b, a].values());
  print(done.size, pending.size, done.has(a), done.has(b), loop.time());
  [done, pending] = await wait([a, a]);
  print(done.size, pending.size, loop.time());
}
