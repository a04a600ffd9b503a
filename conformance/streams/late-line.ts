// A deadline ends the wait, not the line.

import type { CoroutineGenerator } from "asyncio-ts";
import { getRunningLoop, StreamReader, waitFor } from "asyncio-ts";
import type { Print } from "../twin.ts";
import { text } from "./wire.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const loop = getRunningLoop();
  const reader = new StreamReader();
  reader.feedData("half a ");
  loop.callLater(7, () => reader.feedData("line\n"));
  for (let i = 0; i < 3; i++) {
    try {
      print(text(yield* waitFor(reader.readLine(), 3)), loop.time());
    } catch {
      print("too late", loop.time());
    }
  }
}

export async function native(print: Print): Promise<void> {
  const loop = getRunningLoop();
  const reader = new StreamReader();
  reader.feedData("half a ");
  loop.callLater(7, () => reader.feedData("line\n"));
  for (let i = 0; i < 3; i++) {
    try {
      print(text(await waitFor(reader.readLine(), 3)), loop.time());
    } catch {
      print("too late", loop.time());
    }
  }
}
