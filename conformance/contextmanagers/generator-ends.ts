// All ends of a manager made of a generator: well, with the error passing through, swallowed, replaced.

import type { AsyncContextManager, CoroutineGenerator } from "asyncio-ts";
import { asyncContextManager, asyncWith, coroutine, provide, RuntimeError, sleep } from "asyncio-ts";
import { chain, type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const passes = asyncContextManager(function* (name: string) {
    print("enter", name);
    yield* sleep(0);
    try {
      yield* provide(name.repeat(2));
    } finally {
      yield* sleep(0);
      print("leave", name);
    }
  });
  const swallows = asyncContextManager(function* () {
    try {
      yield* provide(1);
    } catch (error) {
      yield* sleep(0);
      print("swallowed", show(error));
    }
  });
  const replaces = asyncContextManager(function* () {
    try {
      yield* provide(2);
    } catch {
      throw new RuntimeError("instead");
    }
  });
  const use = coroutine(function* (manager: AsyncContextManager<unknown>, fail: boolean) {
    try {
      yield* asyncWith(manager, function* (value) {
        print("body", value);
        if (fail) throw new RangeError("body");
      });
      print("goes on");
    } catch (error) {
      print(chain(error));
    }
  });

  for (const fail of [false, true]) {
    yield* use(passes("ab"), fail);
    yield* use(swallows(), fail);
    yield* use(replaces(), fail);
  }
}

export async function native(print: Print): Promise<void> {
  const passes = asyncContextManager(async function* (name: string) {
    print("enter", name);
    await sleep(0);
    try {
      yield name.repeat(2);
    } finally {
      await sleep(0);
      print("leave", name);
    }
  });
  const swallows = asyncContextManager(async function* () {
    try {
      yield 1;
    } catch (error) {
      await sleep(0);
      print("swallowed", show(error));
    }
  });
  const replaces = asyncContextManager(async function* () {
    try {
      yield 2;
    } catch {
      throw new RuntimeError("instead");
    }
  });
  const use = coroutine(async (manager: AsyncContextManager<unknown>, fail: boolean) => {
    try {
      await asyncWith(manager, async (value) => {
        print("body", value);
        if (fail) throw new RangeError("body");
      });
      print("goes on");
    } catch (error) {
      print(chain(error));
    }
  });

  for (const fail of [false, true]) {
    await use(passes("ab"), fail);
    await use(swallows(), fail);
    await use(replaces(), fail);
  }
}
