// An exit stack leaves managers, exit functions and callbacks in the reverse order of their registration.

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

  const exitFunction = coroutine(function* (error?: unknown) {
    print("exit function", error);
  });
  const asyncCallback = coroutine(function* (...args: unknown[]) {
    yield* sleep(0);
    print("async callback", ...args);
  });
  const callback = (...args: unknown[]): void => print("callback", ...args);

  yield* asyncWith(new AsyncExitStack(), function* (stack) {
    print(yield* stack.enterContext(new Manager("a")));
    stack.push(exitFunction);
    stack.callback(callback, 1, 2);
    print(yield* stack.enterContext(new Manager("b")));
    stack.pushAsyncCallback(asyncCallback, "x", 3);
    stack.push(new Manager("pushed"));
    print("body");
  });
  print("after");
  yield* asyncWith(new AsyncExitStack(), function* () {
    print("nothing to leave");
  });
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

  const exitFunction = coroutine(async (error?: unknown) => {
    print("exit function", error);
  });
  const asyncCallback = coroutine(async (...args: unknown[]) => {
    await sleep(0);
    print("async callback", ...args);
  });
  const callback = (...args: unknown[]): void => print("callback", ...args);

  await asyncWith(new AsyncExitStack(), async (stack) => {
    print(await stack.enterContext(new Manager("a")));
    stack.push(exitFunction);
    stack.callback(callback, 1, 2);
    print(await stack.enterContext(new Manager("b")));
    stack.pushAsyncCallback(asyncCallback, "x", 3);
    stack.push(new Manager("pushed"));
    print("body");
  });
  print("after");
  await asyncWith(new AsyncExitStack(), async () => {
    print("nothing to leave");
  });
}
