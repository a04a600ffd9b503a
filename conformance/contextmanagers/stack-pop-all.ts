// pop_all moves everything to a new stack: the old one leaves nothing, the new one when it is closed, once.

import type { CoroutineGenerator } from "asyncio-ts";
import { AsyncExitStack, asyncWith, coroutine, sleep } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  class Manager {
    readonly name: string;
    readonly options: { swallow?: boolean; fail?: string; delay?: number };
    constructor(name: string, options: { swallow?: boolean; fail?: string; delay?: number } = {}) {
      this.name = name;
      this.options = options;
    }
    *aenter(): CoroutineGenerator<string> {
      print("enter", this.name);
      yield* sleep(this.options.delay ?? 0);
      return this.name.toUpperCase();
    }
    *aexit(error?: unknown): CoroutineGenerator<boolean> {
      print("exit", this.name, error === undefined ? null : show(error));
      yield* sleep(this.options.delay ?? 0);
      if (this.options.fail) throw new RangeError(this.options.fail);
      return this.options.swallow ?? false;
    }
  }

  const acquire = coroutine(function* (fail: boolean) {
    return yield* asyncWith(new AsyncExitStack(), function* (stack) {
      yield* stack.enterContext(new Manager("a"));
      yield* stack.enterContext(new Manager("b"));
      if (fail) throw new RangeError("half way");
      return stack.popAll();
    });
  });

  try {
    yield* acquire(true);
  } catch (error) {
    print(show(error));
  }
  const stack = yield* acquire(false);
  print("acquired");
  yield* stack.aclose();
  print("closed");
  yield* stack.aclose();
  stack.callback(print, "used again");
  yield* stack.aclose();
}

export async function native(print: Print): Promise<void> {
  class Manager {
    readonly name: string;
    readonly options: { swallow?: boolean; fail?: string; delay?: number };
    constructor(name: string, options: { swallow?: boolean; fail?: string; delay?: number } = {}) {
      this.name = name;
      this.options = options;
    }
    async aenter(): Promise<string> {
      print("enter", this.name);
      await sleep(this.options.delay ?? 0);
      return this.name.toUpperCase();
    }
    async aexit(error?: unknown): Promise<boolean> {
      print("exit", this.name, error === undefined ? null : show(error));
      await sleep(this.options.delay ?? 0);
      if (this.options.fail) throw new RangeError(this.options.fail);
      return this.options.swallow ?? false;
    }
  }

  const acquire = coroutine(async (fail: boolean) => {
    return await asyncWith(new AsyncExitStack(), async (stack) => {
      await stack.enterContext(new Manager("a"));
      await stack.enterContext(new Manager("b"));
      if (fail) throw new RangeError("half way");
      return stack.popAll();
    });
  });

  try {
    await acquire(true);
  } catch (error) {
    print(show(error));
  }
  const stack = await acquire(false);
  print("acquired");
  await stack.aclose();
  print("closed");
  await stack.aclose();
  stack.callback(print, "used again");
  await stack.aclose();
}
