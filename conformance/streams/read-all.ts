// read() collects until the end, whatever the limit.

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
  const reader = new StreamReader({ limit: 3 });
  const task = createTask(read("all", reader.read(), tick));
  for (const piece of ["one ", "two ", "three"]) {
    yield* sleep(0);
    reader.feedData(piece);
  }
  yield* sleep(0);
  yield* sleep(0);
  print(reader.atEof(), "in", tick());
  reader.feedEof();
  print(reader.atEof());
  yield* task;
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
  const reader = new StreamReader({ limit: 3 });
  const task = createTask(read("all", reader.read(), tick));
  for (const piece of ["one ", "two ", "three"]) {
    await sleep(0);
    reader.feedData(piece);
  }
  await sleep(0);
  await sleep(0);
  print(reader.atEof(), "in", tick());
  reader.feedEof();
  print(reader.atEof());
  await task;
}
