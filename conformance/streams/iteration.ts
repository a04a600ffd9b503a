// Asynchronous iteration gives lines, waits for them, and ends at the end.

import type { CoroutineGenerator } from "asyncio-ts";
import { each, getRunningLoop, StreamReader } from "asyncio-ts";
import type { Print } from "../twin.ts";
import { text } from "./wire.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const loop = getRunningLoop();
  const reader = new StreamReader();
  reader.feedData("one\ntwo\nth");
  loop.callLater(1, () => reader.feedData("ree\n\nrest"));
  loop.callLater(2, () => reader.feedEof());
  yield* each(reader, function* (line) {
    print(text(line), loop.time());
  });
}

export async function native(print: Print): Promise<void> {
  const loop = getRunningLoop();
  const reader = new StreamReader();
  reader.feedData("one\ntwo\nth");
  loop.callLater(1, () => reader.feedData("ree\n\nrest"));
  loop.callLater(2, () => reader.feedEof());
  await each(reader, async (line) => {
    print(text(line), loop.time());
  });
}
