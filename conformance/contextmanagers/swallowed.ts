// A manager that gives True swallows the error: the program goes on behind it, managers further out see none.

import type { CoroutineGenerator } from "asyncio-ts";
import { asyncWith, sleep } from "asyncio-ts";
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

  yield* asyncWith(new Manager("outer"), function* () {
    yield* asyncWith(new Manager("inner", { swallow: true }), function* () {
      yield* asyncWith(new Manager("innermost"), function* () {
        throw new RangeError("lost");
      });
    });
    print("behind");
  });
  print("after");
  yield* asyncWith(new Manager("unharmed", { swallow: true }), function* () {
    print("nothing to swallow");
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

  await asyncWith(new Manager("outer"), async () => {
    await asyncWith(new Manager("inner", { swallow: true }), async () => {
      await asyncWith(new Manager("innermost"), async () => {
        throw new RangeError("lost");
      });
    });
    print("behind");
  });
  print("after");
  await asyncWith(new Manager("unharmed", { swallow: true }), async () => {
    print("nothing to swallow");
  });
}
