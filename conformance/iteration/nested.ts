// Loops inside of loops: breaking off the inner one goes on with the outer one.

import type { CoroutineGenerator } from "asyncio-ts";
import { each, getRunningLoop, sleep } from "asyncio-ts";
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

  yield* each(new Countdown("a", 3), function* (outer) {
    yield* each(new Countdown("b", 3, 0), function* (inner) {
      if (inner === "b0") return each.stop;
      print(outer, inner);
      return undefined;
    });
  });
  print(getRunningLoop().time());
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

  for await (const outer of new Countdown("a", 3)) {
    for await (const inner of new Countdown("b", 3, 0)) {
      if (inner === "b0") break;
      print(outer, inner);
    }
  }
  print(getRunningLoop().time());
}
