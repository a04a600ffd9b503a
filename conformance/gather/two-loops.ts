// Fact 90: the futures of a gather must belong to one loop.

import type { CoroutineGenerator } from "asyncio-ts";
import { gather, getRunningLoop } from "asyncio-ts";
import { TestLoop } from "asyncio-ts/testing";
import { kind, type Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const other = new TestLoop();
  try {
    gather(getRunningLoop().createFuture<void>(), other.createFuture<void>());
  } catch (error) {
    print(kind(error));
  }
  other.close();
}

export async function native(print: Print): Promise<void> {
  const other = new TestLoop();
  try {
    gather(getRunningLoop().createFuture<void>(), other.createFuture<void>());
  } catch (error) {
    print(kind(error));
  }
  other.close();
}
