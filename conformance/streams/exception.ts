// asyncio's test_exception_waiter: the error reaches who waits, and every later read.

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
  const reader = new StreamReader();
  print(reader.exception() === null);
  const task = createTask(read("waiting", reader.readExactly(10), tick));
  yield* sleep(0);
  reader.feedData("some");
  yield* sleep(0);
  yield* sleep(0);
  const error = new OSError("broken");
  reader.setException(error);
  yield* task;
  print(reader.exception() === error);
  for (const reading of [
    reader.read(1),
    reader.read(),
    reader.read(0),
    reader.readLine(),
    reader.readExactly(0),
    reader.readUntil("x"),
  ]) {
    yield* read("later", reading, tick);
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
  const reader = new StreamReader();
  print(reader.exception() === null);
  const task = createTask(read("waiting", reader.readExactly(10), tick));
  await sleep(0);
  reader.feedData("some");
  await sleep(0);
  await sleep(0);
  const error = new OSError("broken");
  reader.setException(error);
  await task;
  print(reader.exception() === error);
  for (const reading of [
    reader.read(1),
    reader.read(),
    reader.read(0),
    reader.readLine(),
    reader.readExactly(0),
    reader.readUntil("x"),
  ]) {
    await read("later", reading, tick);
  }
}
