// asyncio's test_readexactly_limit: no limit for read() and readexactly().

import type { CoroutineGenerator } from "asyncio-ts";
import { StreamReader } from "asyncio-ts";
import type { Print } from "../twin.ts";
import { text } from "./wire.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const reader = new StreamReader({ limit: 3 });
  reader.feedData("chunk");
  print(text(yield* reader.readExactly(5)));
  reader.feedData("line1\nline2\n");
  print(text(yield* reader.read(8)));
  reader.feedEof();
  print(text(yield* reader.read()));
}

export async function native(print: Print): Promise<void> {
  const reader = new StreamReader({ limit: 3 });
  reader.feedData("chunk");
  print(text(await reader.readExactly(5)));
  reader.feedData("line1\nline2\n");
  print(text(await reader.read(8)));
  reader.feedEof();
  print(text(await reader.read()));
}
