// Who was woken by the data before the error still gets them.

import type { Coroutine, CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, OSError, StreamReader, sleep } from "asyncio-ts";
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
    (r: StreamReader) => r.read(3),
    (r: StreamReader) => r.readExactly(3),
    (r: StreamReader) => r.readLine(),
    (r: StreamReader) => r.readUntil("c"),
  ]) {
    const reader = new StreamReader();
    const task = createTask(read("woken", make(reader), tick));
    yield* sleep(0);
    reader.feedData("abc\n");
    reader.setException(new OSError("broken"));
    yield* task;
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
    (r: StreamReader) => r.read(3),
    (r: StreamReader) => r.readExactly(3),
    (r: StreamReader) => r.readLine(),
    (r: StreamReader) => r.readUntil("c"),
  ]) {
    const reader = new StreamReader();
    const task = createTask(read("woken", make(reader), tick));
    await sleep(0);
    reader.feedData("abc\n");
    reader.setException(new OSError("broken"));
    await task;
  }
}
