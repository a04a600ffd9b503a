// The error that leaves the body is given to every manager on its way, and comes out at the end.

import type { CoroutineGenerator } from "asyncio-ts";
import { asyncWith, sleep } from "asyncio-ts";
import { chain, kind, type Print, show } from "../twin.ts";

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

  try {
    yield* asyncWith(new Manager("a"), function* () {
      try {
        yield* asyncWith(new Manager("b"), function* () {
          yield* sleep(0);
          throw new RangeError("one");
        });
      } catch (error) {
        print("between", chain(error));
        throw new TypeError("two");
      }
    });
  } catch (error) {
    print("outside", kind(error));
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

  try {
    await asyncWith(new Manager("a"), async () => {
      try {
        await asyncWith(new Manager("b"), async () => {
          await sleep(0);
          throw new RangeError("one");
        });
      } catch (error) {
        print("between", chain(error));
        throw new TypeError("two");
      }
    });
  } catch (error) {
    print("outside", kind(error));
  }
}
