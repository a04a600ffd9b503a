// An error of the body closes the asynchronous generator, and comes out after that.

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
  try {
    yield* each(numbers(print, "a", 5), function* (item) {
      if (item === 1) throw new RangeError("body");
    });
  } catch (error) {
    print(show(error), getRunningLoop().time());
  }
}

export async function native(print: Print): Promise<void> {
  try {
    for await (const item of numbers(print, "a", 5)) {
      if (item === 1) throw new RangeError("body");
    }
  } catch (error) {
    print(show(error), getRunningLoop().time());
  }
}
