// asyncio's test_readuntil_multi_separator: the separator that ends first counts.

import type { CoroutineGenerator } from "asyncio-ts";
import { StreamReader } from "asyncio-ts";
import type { Print } from "../twin.ts";
import { text } from "./wire.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const reader = new StreamReader();
  reader.feedData("line 1\rline 2\r\nline 3;  abcabd");
  print(text(yield* reader.readUntil(["\n", "\r"])));
  print(text(yield* reader.readUntil(["\r\n", "\n"])));
  print(text(yield* reader.readUntil(["; ", ";  ", "3"])));
  print(text(yield* reader.readUntil(["abd", ";"])));
  print(text(yield* reader.readUntil(["cab", "abd", "d", "bd"])));
}

export async function native(print: Print): Promise<void> {
  const reader = new StreamReader();
  reader.feedData("line 1\rline 2\r\nline 3;  abcabd");
  print(text(await reader.readUntil(["\n", "\r"])));
  print(text(await reader.readUntil(["\r\n", "\n"])));
  print(text(await reader.readUntil(["; ", ";  ", "3"])));
  print(text(await reader.readUntil(["abd", ";"])));
  print(text(await reader.readUntil(["cab", "abd", "d", "bd"])));
}
