// read(n) waits for the first bytes, and goes on one iteration after they came.

import type { Coroutine, CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, StreamReader, sleep } from "asyncio-ts";
import { type Print, show, ticks } from "../twin.ts";
import { text } from "./wire.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const read = coroutine(function* (name: string, reading: Coroutine<Uint8Array>, tick: () => number) {
    try {
      print(name, text(yield* reading), "in", tick());
    } catch (error) {
      print(name, show(error), "in", tick());
    }
  });

  const tick = ticks(getRunningLoop());
  const reader = new StreamReader();
  const task = createTask(read("a", reader.read(3), tick));
  yield* sleep(0);
  yield* sleep(0);
  print("feed in", tick());
  reader.feedData("hello");
  reader.feedData(" world");
  yield* task;
  print(text(yield* reader.read(100)), "in", tick());
}

export async function native(print: Print): Promise<void> {
  const read = coroutine(async (name: string, reading: Coroutine<Uint8Array>, tick: () => number) => {
    try {
      print(name, text(await reading), "in", tick());
    } catch (error) {
      print(name, show(error), "in", tick());
    }
  });

  const tick = ticks(getRunningLoop());
  const reader = new StreamReader();
  const task = createTask(read("a", reader.read(3), tick));
  await sleep(0);
  await sleep(0);
  print("feed in", tick());
  reader.feedData("hello");
  reader.feedData(" world");
  await task;
  print(text(await reader.read(100)), "in", tick());
}
