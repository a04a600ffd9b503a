// A loop that is broken off leaves the iterator where it is; else runs only when it came to its end.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, each, sleep } from "asyncio-ts";
import type { Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  class Countdown {
    readonly name: string;
    left: number;
    readonly delay: number;
    readonly failAt: number | undefined;
    constructor(name: string, start: number, delay = 1, failAt?: number) {
      this.name = name;
      this.left = start;
      this.delay = delay;
      this.failAt = failAt;
    }
    [Symbol.asyncIterator](): AsyncIterator<string> {
      return this as unknown as AsyncIterator<string>;
    }
    *next(): CoroutineGenerator<IteratorResult<string>> {
      if (this.left === 0) return { done: true, value: undefined };
      if (this.left === this.failAt) throw new RangeError(this.name);
      yield* sleep(this.delay);
      this.left--;
      return { done: false, value: `${this.name}${this.left}` };
    }
  }

  const search = coroutine(function* (items: Countdown, wanted: string) {
    let found = false;
    yield* each(items, function* (item) {
      print(item);
      if (item !== wanted) return;
      found = true;
      return each.stop;
    });
    if (!found) print("not found");
  });

  const items = new Countdown("a", 5);
  yield* search(items, "a3");
  print("go on");
  yield* search(items, "a9");
  yield* search(items, "a0");
}

export async function native(print: Print): Promise<void> {
  class Countdown {
    readonly name: string;
    left: number;
    readonly delay: number;
    readonly failAt: number | undefined;
    constructor(name: string, start: number, delay = 1, failAt?: number) {
      this.name = name;
      this.left = start;
      this.delay = delay;
      this.failAt = failAt;
    }
    [Symbol.asyncIterator](): { next(): Promise<IteratorResult<string>> } {
      return this;
    }
    async next(): Promise<IteratorResult<string>> {
      if (this.left === 0) return { done: true, value: undefined };
      if (this.left === this.failAt) throw new RangeError(this.name);
      await sleep(this.delay);
      this.left--;
      return { done: false, value: `${this.name}${this.left}` };
    }
  }

  const search = coroutine(async (items: Countdown, wanted: string) => {
    let found = false;
    for await (const item of items) {
      print(item);
      if (item === wanted) {
        found = true;
        break;
      }
    }
    if (!found) print("not found");
  });

  const items = new Countdown("a", 5);
  await search(items, "a3");
  print("go on");
  await search(items, "a9");
  await search(items, "a0");
}
