// An error of leaving replaces the one of the body, which stays in its context; further out the new one is seen.

import type { CoroutineGenerator } from "asyncio-ts";
import { asyncWith, sleep } from "asyncio-ts";
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

  for (const bodyFails of [false, true]) {
    try {
      yield* asyncWith(new Manager("outer", { fail: "third" }), function* () {
        yield* asyncWith(new Manager("inner", { fail: "second" }), function* () {
          if (bodyFails) throw new TypeError("first");
          print("body");
        });
      });
    } catch (error) {
      print(chain(error));
    }
  }
  yield* asyncWith(new Manager("swallows", { swallow: true }), function* () {
    yield* asyncWith(new Manager("fails", { fail: "gone" }), function* () {});
  });
  print("after");
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

  for (const bodyFails of [false, true]) {
    try {
      await asyncWith(new Manager("outer", { fail: "third" }), async () => {
        await asyncWith(new Manager("inner", { fail: "second" }), async () => {
          if (bodyFails) throw new TypeError("first");
          print("body");
        });
      });
    } catch (error) {
      print(chain(error));
    }
  }
  await asyncWith(new Manager("swallows", { swallow: true }), async () => {
    await asyncWith(new Manager("fails", { fail: "gone" }), async () => {});
  });
  print("after");
}
