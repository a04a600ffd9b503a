// A line that is too long ends an iteration with an error.

import type { CoroutineGenerator } from "asyncio-ts";
import { each, StreamReader } from "asyncio-ts";
import { type Print, show } from "../twin.ts";
import { text } from "./wire.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const reader = new StreamReader({ limit: 3 });
  reader.feedData("abc\nabcd\nabc\n");
  reader.feedEof();
  for (let i = 0; i < 2; i++) {
    try {
      yield* each(reader, function* (line) {
        print(text(line));
      });
    } catch (error) {
      print(show(error));
    }
  }
}

export async function native(print: Print): Promise<void> {
  const reader = new StreamReader({ limit: 3 });
  reader.feedData("abc\nabcd\nabc\n");
  reader.feedEof();
  for (let i = 0; i < 2; i++) {
    try {
      await each(reader, async (line) => {
        print(text(line));
      });
    } catch (error) {
      print(show(error));
    }
  }
}
