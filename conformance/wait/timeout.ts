// Fact 71: a timeout of wait() returns what is done and what is pending; it raises nothing and cancels nothing.

import type { CoroutineGenerator } from "asyncio-ts";
import { createTask, getRunningLoop, sleep, wait } from "asyncio-ts";
import type { Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const loop = getRunningLoop();
  const a = createTask(sleep(1, "a"));
  const b = createTask(sleep(3, "b"));
  let [done, pending] = yield* wait([a, b], { timeout: 2 });
  print(done.has(a), pending.has(b), b.done(), loop.time());
  [done, pending] = yield* wait([b], { timeout: 0 });
  print(done.size, pending.size, loop.time());
  [done, pending] = yield* wait([a, b], { timeout: 10 });
  print(done.size, pending.size, a.result(), b.result(), loop.time());
}

export async function native(print: Print): Promise<void> {
  const loop = getRunningLoop();
  const a = createTask(sleep(1, "a"));
  const b = createTask(sleep(3, "b"));
  let [done, pending] = await wait([a, b], { timeout: 2 });
  print(done.has(a), pending.has(b), b.done(), loop.time());
  [done, pending] = await wait([b], { timeout: 0 });
  print(done.size, pending.size, loop.time());
  [done, pending] = await wait([a, b], { timeout: 10 });
  print(done.size, pending.size, a.result(), b.result(), loop.time());
}
