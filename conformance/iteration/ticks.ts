// Iterating costs no iteration of the loop by itself, whether or not the items are waited for.

import type { CoroutineGenerator } from "asyncio-ts";
import { each, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, ticks } from "../twin.ts";

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

  const now = (left: number) => ({
    [Symbol.asyncIterator]: () => ({
      next: (): Promise<IteratorResult<number>> =>
        Promise.resolve(left === 0 ? { done: true, value: undefined } : { done: false, value: --left }),
    }),
  });
  const tick = ticks(getRunningLoop());
  yield* sleep(0);
  yield* each(now(3), function* (item) {
    print(item, tick());
  });
  print("end", tick());
  yield* each(new Countdown("c", 3, 0), function* (item) {
    print(item, tick());
  });
  print("end", tick());
  yield* each(new Countdown("d", 2, 0), function* (item) {
    yield* sleep(0);
    print(item, tick());
  });
  print("end", tick());
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

  const now = (left: number) => ({
    [Symbol.asyncIterator]: () => ({
      next: async (): Promise<IteratorResult<number>> =>
        left === 0 ? { done: true, value: undefined } : { done: false, value: --left },
    }),
  });
  const tick = ticks(getRunningLoop());
  await sleep(0);
  await each(now(3), async (item) => {
    print(item, tick());
  });
  print("end", tick());
  await each(new Countdown("c", 3, 0), async (item) => {
    print(item, tick());
  });
  print("end", tick());
  await each(new Countdown("d", 2, 0), async (item) => {
    await sleep(0);
    print(item, tick());
  });
  print("end", tick());
}
