// An asynchronous generator stepped by hand: closed in the middle, exhausted, closed before it began.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, getRunningLoop, sleep } from "asyncio-ts";
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
  // A generator coroutine steps it by native coroutines.
  const next = coroutine(async (items: AsyncGenerator<number, void>) => {
    const { done, value } = await items.next();
    return done ? "over" : value;
  });
  const close = coroutine((items: AsyncGenerator<number, void>) => items.return());
  const items = numbers(print, "a", 3);
  print(yield* next(items), yield* next(items));
  yield* close(items);
  print(yield* next(items));
  yield* close(items);
  const unstarted = numbers(print, "b", 3);
  yield* close(unstarted);
  print(yield* next(unstarted));
}

export async function native(print: Print): Promise<void> {
  const next = coroutine(async (items: AsyncGenerator<number, void>) => {
    const { done, value } = await items.next();
    return done ? "over" : value;
  });
  const items = numbers(print, "a", 3);
  print(await next(items), await next(items));
  await items.return();
  print(await next(items));
  await items.return();
  const unstarted = numbers(print, "b", 3);
  await unstarted.return();
  print(await next(unstarted));
}
