// When entering fails, neither the body nor the leaving of that manager run; those around it are left.

import type { CoroutineGenerator } from "asyncio-ts";
import { asyncWith, coroutine, sleep } from "asyncio-ts";
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

  const broken = new Manager("broken");
  const enter = coroutine(function* () {
    yield* broken.aenter();
    throw new RangeError("closed today");
  });
  try {
    yield* asyncWith(new Manager("outer"), function* () {
      yield* asyncWith({ aenter: enter, aexit: () => broken.aexit() }, function* () {
        print("never");
      });
    });
  } catch (error) {
    print(show(error));
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

  const broken = new Manager("broken");
  const enter = coroutine(async () => {
    await broken.aenter();
    throw new RangeError("closed today");
  });
  try {
    await asyncWith(new Manager("outer"), async () => {
      await asyncWith({ aenter: enter, aexit: () => broken.aexit() }, async () => {
        print("never");
      });
    });
  } catch (error) {
    print(show(error));
  }
}
