// An error of the iterator ends the loop, as does one of its body.

import type { CoroutineGenerator } from "asyncio-ts";
import { each, sleep } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

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

  try {
    yield* each(new Countdown("a", 4, 1, 2), function* (item) {
      print(item);
    });
  } catch (error) {
    print(show(error));
  }
  const items = new Countdown("b", 4);
  try {
    yield* each(items, function* (item) {
      print(item);
      throw new TypeError("body");
    });
  } catch (error) {
    print(show(error), items.left);
  }
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

  try {
    await each(new Countdown("a", 4, 1, 2), async (item) => {
      print(item);
    });
  } catch (error) {
    print(show(error));
  }
  const items = new Countdown("b", 4);
  try {
    await each(items, async (item) => {
      print(item);
      throw new TypeError("body");
    });
  } catch (error) {
    print(show(error), items.left);
  }
}
