// Entering, body and leaving, in this order; the innermost manager is left first. Other tasks run while a manager
// waits.

import type { CoroutineGenerator } from "asyncio-ts";
import { asyncWith, coroutine, createTask, sleep } from "asyncio-ts";
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

  const other = coroutine(function* () {
    for (let i = 0; i < 6; i++) {
      print("other", i);
      yield* sleep(0);
    }
  });

  const task = createTask(other());
  yield* asyncWith(new Manager("a"), function* (a) {
    yield* asyncWith(new Manager("b"), function* (b) {
      print("body", a, b);
      yield* sleep(0);
      print("body ends");
    });
  });
  print("after");
  yield* task;
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

  const other = coroutine(async () => {
    for (let i = 0; i < 6; i++) {
      print("other", i);
      await sleep(0);
    }
  });

  const task = createTask(other());
  await asyncWith(new Manager("a"), async (a) => {
    await asyncWith(new Manager("b"), async (b) => {
      print("body", a, b);
      await sleep(0);
      print("body ends");
    });
  });
  print("after");
  await task;
}
