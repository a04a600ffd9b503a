// readexactly() wakes with each piece and goes on with the last.

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
  const task = createTask(read("six", reader.readExactly(6), tick));
  for (const piece of ["ab", "", "c", "defg"]) {
    yield* sleep(0);
    yield* sleep(0);
    reader.feedData(piece);
    print(task.done(), "in", tick());
  }
  yield* task;
  print(text(yield* reader.read(9)));
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
  const task = createTask(read("six", reader.readExactly(6), tick));
  for (const piece of ["ab", "", "c", "defg"]) {
    await sleep(0);
    await sleep(0);
    reader.feedData(piece);
    print(task.done(), "in", tick());
  }
  await task;
  print(text(await reader.read(9)));
}
