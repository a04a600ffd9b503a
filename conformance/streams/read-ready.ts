// What is there is read without a turn of the loop.

import type { CoroutineGenerator } from "asyncio-ts";
import { getRunningLoop, StreamReader, sleep } from "asyncio-ts";
import { type Print, ticks } from "../twin.ts";
import { text } from "./wire.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const tick = ticks(getRunningLoop());
  const reader = new StreamReader();
  reader.feedData("a line\nfive!until;rest");
  reader.feedEof();
  yield* sleep(0);
  print(text(yield* reader.readLine()), "in", tick());
  print(text(yield* reader.readExactly(5)), "in", tick());
  print(text(yield* reader.readUntil(";")), "in", tick());
  print(text(yield* reader.read(2)), reader.atEof(), "in", tick());
  print(text(yield* reader.read()), reader.atEof(), "in", tick());
  print(text(yield* reader.read()), text(yield* reader.read(5)), text(yield* reader.readLine()), "in", tick());
}

export async function native(print: Print): Promise<void> {
  const tick = ticks(getRunningLoop());
  const reader = new StreamReader();
  reader.feedData("a line\nfive!until;rest");
  reader.feedEof();
  await sleep(0);
  print(text(await reader.readLine()), "in", tick());
  print(text(await reader.readExactly(5)), "in", tick());
  print(text(await reader.readUntil(";")), "in", tick());
  print(text(await reader.read(2)), reader.atEof(), "in", tick());
  print(text(await reader.read()), reader.atEof(), "in", tick());
  print(text(await reader.read()), text(await reader.read(5)), text(await reader.readLine()), "in", tick());
}
