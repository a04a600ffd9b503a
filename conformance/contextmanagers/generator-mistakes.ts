// A generator that yields not at all, twice, or again after an error is no manager; it is closed.

import type { AsyncContextManager, CoroutineGenerator } from "asyncio-ts";
import { asyncContextManager, asyncWith, provide, sleep } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const never = asyncContextManager(function* (skip: boolean) {
    if (!skip) yield* provide(1);
  });
  const twice = asyncContextManager(function* () {
    try {
      yield* provide(1);
      yield* provide(2);
    } finally {
      yield* sleep(0);
      print("closed");
    }
  });
  const again = asyncContextManager(function* () {
    try {
      try {
        yield* provide(1);
      } catch {
        yield* provide(2);
      }
    } finally {
      print("closed");
    }
  });

  for (const [make, fail] of [
    [() => never(true), false],
    [twice, false],
    [again, true],
    [again, false],
  ] as const) {
    try {
      yield* asyncWith(make() as AsyncContextManager<unknown>, function* () {
        print("body");
        if (fail) throw new RangeError("body");
      });
      print("goes on");
    } catch (error) {
      print(show(error));
    }
  }
}

export async function native(print: Print): Promise<void> {
  const never = asyncContextManager(async function* (skip: boolean) {
    if (!skip) yield 1;
  });
  const twice = asyncContextManager(async function* () {
    try {
      yield 1;
      yield 2;
    } finally {
      await sleep(0);
      print("closed");
    }
  });
  const again = asyncContextManager(async function* () {
    try {
      try {
        yield 1;
      } catch {
        yield 2;
      }
    } finally {
      print("closed");
    }
  });

  for (const [make, fail] of [
    [() => never(true), false],
    [twice, false],
    [again, true],
    [again, false],
  ] as const) {
    try {
      await asyncWith(make() as AsyncContextManager<unknown>, async () => {
        print("body");
        if (fail) throw new RangeError("body");
      });
      print("goes on");
    } catch (error) {
      print(show(error));
    }
  }
}
