// Managers made of generators, one used in another, with an error that passes through both.

import type { CoroutineGenerator } from "asyncio-ts";
import { AsyncExitStack, asyncContextManager, asyncWith, provide, sleep } from "asyncio-ts";
import { chain, type Print, show } from "../twin.ts";

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

  const inner = asyncContextManager(function* (name: string) {
    print("open", name);
    try {
      yield* provide(name);
    } catch (error) {
      print(name, "saw", show(error));
      throw error;
    } finally {
      print("close", name);
    }
  });
  const outer = asyncContextManager(function* () {
    yield* asyncWith(inner("x"), function* () {
      yield* asyncWith(new Manager("y"), function* () {
        yield* provide("outer");
        print("the body ended well");
      });
    });
  });

  for (const fail of [false, true]) {
    try {
      yield* asyncWith(outer(), function* (value) {
        print("body", value);
        if (fail) throw new RangeError("body");
      });
    } catch (error) {
      print(chain(error));
    }
  }
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

  const inner = asyncContextManager(async function* (name: string) {
    print("open", name);
    try {
      yield name;
    } catch (error) {
      print(name, "saw", show(error));
      throw error;
    } finally {
      print("close", name);
    }
  });
  // An async generator cannot yield inside another function; it enters and leaves by a stack.
  const outer = asyncContextManager(async function* () {
    const stack = new AsyncExitStack();
    try {
      await stack.enterContext(inner("x"));
      await stack.enterContext(new Manager("y"));
      yield "outer";
      print("the body ended well");
    } catch (error) {
      if (!(await stack.aexit(error))) throw error;
      return;
    }
    await stack.aclose();
  });

  for (const fail of [false, true]) {
    try {
      await asyncWith(outer(), async (value) => {
        print("body", value);
        if (fail) throw new RangeError("body");
      });
    } catch (error) {
      print(chain(error));
    }
  }
}
