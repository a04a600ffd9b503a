// Two tasks iterate at the same time, each waiting for its own items; time passes for both.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, each, gather, getRunningLoop, sleep } from "asyncio-ts";
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

  const consume = coroutine(function* (name: string, start: number, delay: number) {
    const loop = getRunningLoop();
    yield* each(new Countdown(name, start, delay), function* (item) {
      print(item, loop.time());
    });
    print(name, "ends", loop.time());
  });

  yield* gather(consume("a", 3, 2), consume("b", 4, 1), consume("c", 0, 1), consume("d", 2, 0));
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

  const consume = coroutine(async (name: string, start: number, delay: number) => {
    const loop = getRunningLoop();
    for await (const item of new Countdown(name, start, delay)) {
      print(item, loop.time());
    }
    print(name, "ends", loop.time());
  });

  await gather(consume("a", 3, 2), consume("b", 4, 1), consume("c", 0, 1), consume("d", 2, 0));
}
