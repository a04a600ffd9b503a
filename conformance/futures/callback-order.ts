// Fact 22: done callbacks never run synchronously; they run in the next iteration in order of registration.

import type { CoroutineGenerator } from "asyncio-ts";
import { getRunningLoop, sleep } from "asyncio-ts";
import { type Print, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const loop = getRunningLoop();
  const future = loop.createFuture<number>();
  const tick = ticks(loop);
  for (const name of ["first", "second", "third"]) {
    future.addDoneCallback((f) => print(name, f.result(), "in", tick()));
  }
  yield* sleep(0);
  print("setting in", tick());
  loop.callSoon(() => print("scheduled before", tick()));
  future.setResult(42);
  loop.callSoon(() => print("scheduled after", tick()));
  print("set in", tick());
  yield* sleep(0);
  print("main in", tick());
}

export async function native(print: Print): Promise<void> {
  const loop = getRunningLoop();
  const future = loop.createFuture<number>();
  const tick = ticks(loop);
  for (const name of ["first", "second", "third"]) {
    future.addDoneCallback((f) => print(name, f.result(), "in", tick()));
  }
  await sleep(0);
  print("setting in", tick());
  loop.callSoon(() => print("scheduled before", tick()));
  future.setResult(42);
  loop.callSoon(() => print("scheduled after", tick()));
  print("set in", tick());
  await sleep(0);
  print("main in", tick());
}
