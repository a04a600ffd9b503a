// asyncio's test_readuntil_limit: what is too much stays in the buffer.

import type { CoroutineGenerator, LimitOverrunError } from "asyncio-ts";
import { StreamReader } from "asyncio-ts";
import { type Print, show } from "../twin.ts";
import { text } from "./wire.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const reader = new StreamReader({ limit: 3 });
  reader.feedData("some dataAA");
  for (const separator of ["A", "AB", "ABCDEFG", ["AAA", "A"]]) {
    try {
      print(text(yield* reader.readUntil(separator)));
    } catch (error) {
      print(show(error), (error as LimitOverrunError).consumed);
    }
  }
  print(text(yield* reader.readExactly(8)));
  print(text(yield* reader.readUntil("A")));
  print(text(yield* reader.readUntil("A")));
}

export async function native(print: Print): Promise<void> {
  const reader = new StreamReader({ limit: 3 });
  reader.feedData("some dataAA");
  for (const separator of ["A", "AB", "ABCDEFG", ["AAA", "A"]]) {
    try {
      print(text(await reader.readUntil(separator)));
    } catch (error) {
      print(show(error), (error as LimitOverrunError).consumed);
    }
  }
  print(text(await reader.readExactly(8)));
  print(text(await reader.readUntil("A")));
  print(text(await reader.readUntil("A")));
}
