// An asynchronous generator is closed when its loop is broken off, and its cleanup is waited for.

import type { CoroutineGenerator } from "asyncio-ts";
import { each, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

async function* numbers(print: Print, name: string, count: number, delay = 1): AsyncGenerator<number, void> {
  try {
    for (let i = 0; i < count; i++) {
      await sleep(delay);
      yield i;
    }
  } catch (error) {
    print(name, "saw", show(error));
    throw error;
  } finally {
    await sleep(1);
    print(name, "closed", getRunningLoop().time());
  }
}

export function* generator(print: Print): CoroutineGenerator<void> {
  yield* each(numbers(print, "a", 5), function* (item) {
    print(item);
    if (item === 2) return each.stop;
    return undefined;
  });
  print("after");
  yield* each(numbers(print, "b", 2), function* (item) {
    print(item);
  });
  print("after");
}

export async function native(print: Print): Promise<void> {
  for await (const item of numbers(print, "a", 5)) {
    print(item);
    if (item === 2) break;
  }
  print("after");
  for await (const item of numbers(print, "b", 2)) {
    print(item);
  }
  print("after");
}
