// Only one task may wait for data.

import type { CoroutineGenerator } from "asyncio-ts";
import { createTask, StreamReader, sleep } from "asyncio-ts";
import type { Print } from "../twin.ts";
import { text } from "./wire.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const reader = new StreamReader();
  const task = createTask(reader.readUntil("!"));
  yield* sleep(0);
  for (const read of [
    () => reader.read(1),
    () => reader.read(),
    () => reader.readExactly(1),
    () => reader.readUntil(),
  ]) {
    try {
      yield* read();
    } catch (error) {
      print((error as Error).message.toLowerCase());
    }
  }
  reader.feedData("mine!");
  print(text(yield* task));
}

export async function native(print: Print): Promise<void> {
  const reader = new StreamReader();
  const task = createTask(reader.readUntil("!"));
  await sleep(0);
  for (const read of [
    () => reader.read(1),
    () => reader.read(),
    () => reader.readExactly(1),
    () => reader.readUntil(),
  ]) {
    try {
      await read();
    } catch (error) {
      print((error as Error).message.toLowerCase());
    }
  }
  reader.feedData("mine!");
  print(text(await task));
}
