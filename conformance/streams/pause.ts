// The transport is paused beyond twice the limit, and resumed at the limit.

import type { CoroutineGenerator } from "asyncio-ts";
import { StreamReader } from "asyncio-ts";
import type { Print } from "../twin.ts";
import { text, Wire } from "./wire.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const reader = new StreamReader({ limit: 5 });
  reader.setTransport(new Wire(print));
  for (let i = 0; i < 4; i++) {
    print("feed");
    reader.feedData("12345");
  }
  for (const size of [4, 4, 4, 4, 4]) print(text(yield* reader.read(size)));
}

export async function native(print: Print): Promise<void> {
  const reader = new StreamReader({ limit: 5 });
  reader.setTransport(new Wire(print));
  for (let i = 0; i < 4; i++) {
    print("feed");
    reader.feedData("12345");
  }
  for (const size of [4, 4, 4, 4, 4]) print(text(await reader.read(size)));
}
