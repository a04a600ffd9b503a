// asyncio's test_readline: a line comes in pieces, the rest stays.

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
  reader.feedData("chunk1 ");
  const task = createTask(read("line", reader.readLine(), tick));
  for (const piece of ["chunk2 ", "chunk3 ", "\n chunk4"]) {
    yield* sleep(0);
    reader.feedData(piece);
  }
  yield* task;
  reader.feedEof();
  print(text(yield* reader.readLine()), text(yield* reader.readLine()), "in", tick());
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
  reader.feedData("chunk1 ");
  const task = createTask(read("line", reader.readLine(), tick));
  for (const piece of ["chunk2 ", "chunk3 ", "\n chunk4"]) {
    await sleep(0);
    reader.feedData(piece);
  }
  await task;
  reader.feedEof();
  print(text(await reader.readLine()), text(await reader.readLine()), "in", tick());
}
