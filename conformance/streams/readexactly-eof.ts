// asyncio's test_readexactly_eof: the end comes first, and what there was is in the error.

import type { CoroutineGenerator, IncompleteReadError } from "asyncio-ts";
import { createTask, StreamReader, sleep } from "asyncio-ts";
import { type Print, show } from "../twin.ts";
import { text } from "./wire.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  for (const data of ["some data", ""]) {
    const reader = new StreamReader();
    reader.feedData(data);
    const task = createTask(reader.readExactly(20));
    yield* sleep(0);
    reader.feedEof();
    try {
      yield* task;
    } catch (error) {
      const { partial, expected } = error as IncompleteReadError;
      print(show(error));
      print(text(partial), expected);
    }
    print(text(yield* reader.read()), reader.atEof());
  }
}

export async function native(print: Print): Promise<void> {
  for (const data of ["some data", ""]) {
    const reader = new StreamReader();
    reader.feedData(data);
    const task = createTask(reader.readExactly(20));
    await sleep(0);
    reader.feedEof();
    try {
      await task;
    } catch (error) {
      const { partial, expected } = error as IncompleteReadError;
      print(show(error));
      print(text(partial), expected);
    }
    print(text(await reader.read()), reader.atEof());
  }
}
