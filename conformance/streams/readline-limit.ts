// asyncio's test_readline_limit: the newline does not count.

import type { CoroutineGenerator } from "asyncio-ts";
import { StreamReader } from "asyncio-ts";
import { chain, type Print } from "../twin.ts";
import { text } from "./wire.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const reader = new StreamReader({ limit: 7 });
  reader.feedData("1234567\n12345678\nnext\n");
  for (let i = 0; i < 3; i++) {
    try {
      print(text(yield* reader.readLine()));
    } catch (error) {
      print(chain(error));
    }
  }
}

export async function native(print: Print): Promise<void> {
  const reader = new StreamReader({ limit: 7 });
  reader.feedData("1234567\n12345678\nnext\n");
  for (let i = 0; i < 3; i++) {
    try {
      print(text(await reader.readLine()));
    } catch (error) {
      print(chain(error));
    }
  }
}
