// A timeout cancels the body of a manager, which sees a CancelledError; one around the leaving interrupts that.

import type { CoroutineGenerator } from "asyncio-ts";
import { asyncWith, getRunningLoop, sleep, timeout } from "asyncio-ts";
import { kind, type Print, show } from "../twin.ts";

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

  const loop = getRunningLoop();
  try {
    yield* timeout(5, function* () {
      yield* asyncWith(new Manager("a", { delay: 1 }), function* () {
        yield* sleep(100);
      });
    });
  } catch {
    print("timed out", loop.time());
  }
  try {
    yield* asyncWith(new Manager("b", { delay: 1 }), function* () {
      yield* timeout(5, function* () {
        yield* sleep(100);
      });
    });
  } catch (error) {
    print(kind(error) === "TimeoutError" ? "timed out" : kind(error), loop.time());
  }
  try {
    yield* timeout(5, function* () {
      yield* asyncWith(new Manager("c", { delay: 4 }), function* () {
        print("body", loop.time());
      });
    });
  } catch {
    print("timed out", loop.time());
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

  const loop = getRunningLoop();
  try {
    await timeout(5, async () => {
      await asyncWith(new Manager("a", { delay: 1 }), async () => {
        await sleep(100);
      });
    });
  } catch {
    print("timed out", loop.time());
  }
  try {
    await asyncWith(new Manager("b", { delay: 1 }), async () => {
      await timeout(5, async () => {
        await sleep(100);
      });
    });
  } catch (error) {
    print(kind(error) === "TimeoutError" ? "timed out" : kind(error), loop.time());
  }
  try {
    await timeout(5, async () => {
      await asyncWith(new Manager("c", { delay: 4 }), async () => {
        print("body", loop.time());
      });
    });
  } catch {
    print("timed out", loop.time());
  }
}
