// asyncio's test_read_zero and others: which sizes read what.

import type { CoroutineGenerator } from "asyncio-ts";
import { StreamReader } from "asyncio-ts";
import type { Print } from "../twin.ts";
import { text } from "./wire.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const reader = new StreamReader();
  reader.feedData("0123456789");
  print(text(yield* reader.read(0)));
  print(text(yield* reader.readExactly(0)));
  print(text(yield* reader.read(4)));
  try {
    yield* reader.readExactly(-1);
  } catch (error) {
    print((error as Error).message.toLowerCase());
  }
  reader.feedEof();
  print(text(yield* reader.read(-7)));
  print(text(yield* reader.readExactly(0)));
}

export async function native(print: Print): Promise<void> {
  const reader = new StreamReader();
  reader.feedData("0123456789");
  print(text(await reader.read(0)));
  print(text(await reader.readExactly(0)));
  print(text(await reader.read(4)));
  try {
    await reader.readExactly(-1);
  } catch (error) {
    print((error as Error).message.toLowerCase());
  }
  reader.feedEof();
  print(text(await reader.read(-7)));
  print(text(await reader.readExactly(0)));
}
