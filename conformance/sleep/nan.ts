// Fact 69: sleep(nan) is a ValueError, when it is awaited.

import type { CoroutineGenerator } from "asyncio-ts";
import { sleep } from "asyncio-ts";
import { kind, type Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  try {
    yield* sleep(NaN);
  } catch (error) {
    print(kind(error));
  }
  print("still fine");
}

export async function native(print: Print): Promise<void> {
  try {
    await sleep(NaN);
  } catch (error) {
    print(kind(error));
  }
  print("still fine");
}
