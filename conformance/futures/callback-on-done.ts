// Tick table: a callback added to a done future runs in the next iteration.

import type { CoroutineGenerator, Future } from "asyncio-ts";
import { getRunningLoop, sleep } from "asyncio-ts";
import { type Print, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const loop = getRunningLoop();
  const tick = ticks(loop);
  const future = loop.createFuture<string>();
  future.setResult("ready");
  yield* sleep(0);

  const callback = (f: Future<string>): void => {
    print(f.result(), "in", tick());
    if (tick() < 4) f.addDoneCallback(callback);
  };

  print("adding in", tick());
  future.addDoneCallback(callback);
  print("added");
  for (let turn = 0; turn < 5; turn += 1) yield* sleep(0);
  print("main in", tick());
}

export async function native(print: Print): Promise<void> {
  const loop = getRunningLoop();
  const tick = ticks(loop);
  const future = loop.createFuture<string>();
  future.setResult("ready");
  await sleep(0);

  const callback = (f: Future<string>): void => {
    print(f.result(), "in", tick());
    if (tick() < 4) f.addDoneCallback(callback);
  };

  print("adding in", tick());
  future.addDoneCallback(callback);
  print("added");
  for (let turn = 0; turn < 5; turn += 1) await sleep(0);
  print("main in", tick());
}
