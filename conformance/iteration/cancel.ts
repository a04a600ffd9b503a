// A cancellation comes out where the loop waits: for the next item, or in its body. No item is lost by it.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, each, sleep, wait } from "asyncio-ts";
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

  const consume = coroutine(function* (items: Countdown, bodyDelay: number) {
    try {
      yield* each(items, function* (item) {
        print(item);
        yield* sleep(bodyDelay);
      });
    } catch (error) {
      print("cancelled", show(error), items.left);
      throw error;
    }
  });

  for (const [itemDelay, bodyDelay] of [
    [2, 0],
    [0, 2],
  ] as const) {
    const items = new Countdown("a", 5, itemDelay);
    const task = createTask(consume(items, bodyDelay));
    yield* sleep(5);
    task.cancel("enough");
    yield* wait([task]);
    print(task.cancelled());
    yield* each(items, function* (item) {
      print("the rest", item);
    });
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

  const consume = coroutine(async (items: Countdown, bodyDelay: number) => {
    try {
      await each(items, async (item) => {
        print(item);
        await sleep(bodyDelay);
      });
    } catch (error) {
      print("cancelled", show(error), items.left);
      throw error;
    }
  });

  for (const [itemDelay, bodyDelay] of [
    [2, 0],
    [0, 2],
  ] as const) {
    const items = new Countdown("a", 5, itemDelay);
    const task = createTask(consume(items, bodyDelay));
    await sleep(5);
    task.cancel("enough");
    await wait([task]);
    print(task.cancelled());
    await each(items, async (item) => {
      print("the rest", item);
    });
  }
}
