// asyncio's test_readuntil_separator: there must be one.

import type { CoroutineGenerator } from "asyncio-ts";
import { OSError, StreamReader } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const reader = new StreamReader();
  reader.setException(new OSError("not reached"));
  for (const separator of ["", [], ["a", ""], "a"]) {
    try {
      yield* reader.readUntil(separator);
    } catch (error) {
      print(show(error));
    }
  }
}

export async function native(print: Print): Promise<void> {
  const reader = new StreamReader();
  reader.setException(new OSError("not reached"));
  for (const separator of ["", [], ["a", ""], "a"]) {
    try {
      await reader.readUntil(separator);
    } catch (error) {
      print(show(error));
    }
  }
}
