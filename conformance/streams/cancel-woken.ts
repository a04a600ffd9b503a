// A read that is cancelled between its wake-up and its step takes nothing.

import type { Coroutine, CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, gather, getRunningLoop, StreamReader, sleep } from "asyncio-ts";
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
  for (const make of [
    (r: StreamReader) => r.read(9),
    (r: StreamReader) => r.readExactly(4),
    (r: StreamReader) => r.readLine(),
    (r: StreamReader) => r.readUntil("a;"),
  ]) {
    const reader = new StreamReader();
    const task = createTask(read("first", make(reader), tick));
    yield* sleep(0);
    reader.feedData("data;\n");
    task.cancel();
    const other = createTask(read("second", make(reader), tick));
    yield* gather(task, other);
    reader.feedEof();
    print(text(yield* reader.read()));
  }
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
  for (const make of [
    (r: StreamReader) => r.read(9),
    (r: StreamReader) => r.readExactly(4),
    (r: StreamReader) => r.readLine(),
    (r: StreamReader) => r.readUntil("a;"),
  ]) {
    const reader = new StreamReader();
    const task = createTask(read("first", make(reader), tick));
    await sleep(0);
    reader.feedData("data;\n");
    task.cancel();
    const other = createTask(read("second", make(reader), tick));
    await gather(task, other);
    reader.feedEof();
    print(text(await reader.read()));
  }
}
