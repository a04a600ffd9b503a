// asyncio's test_readuntil_eof: the end comes before the separator.

import type { CoroutineGenerator, IncompleteReadError } from "asyncio-ts";
import { createTask, StreamReader, sleep } from "asyncio-ts";
import { type Print, show } from "../twin.ts";
import { text } from "./wire.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  for (const separator of ["\n", "MARK", ["?", "data and more"]]) {
    const reader = new StreamReader();
    reader.feedData("some data");
    const task = createTask(reader.readUntil(separator));
    yield* sleep(0);
    reader.feedEof();
    try {
      yield* task;
    } catch (error) {
      const { partial, expected } = error as IncompleteReadError;
      print(show(error), text(partial), expected);
    }
    print(text(yield* reader.read()), reader.atEof());
  }
}

export async function native(print: Print): Promise<void> {
  for (const separator of ["\n", "MARK", ["?", "data and more"]]) {
    const reader = new StreamReader();
    reader.feedData("some data");
    const task = createTask(reader.readUntil(separator));
    await sleep(0);
    reader.feedEof();
    try {
      await task;
    } catch (error) {
      const { partial, expected } = error as IncompleteReadError;
      print(show(error), text(partial), expected);
    }
    print(text(await reader.read()), reader.atEof());
  }
}
