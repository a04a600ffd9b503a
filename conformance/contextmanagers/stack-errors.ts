// Errors in an exit stack go through it as through nested managers: seen, replaced with their context, swallowed.

import type { CoroutineGenerator } from "asyncio-ts";
import { AsyncExitStack, asyncWith, coroutine, RuntimeError, sleep } from "asyncio-ts";
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

  type Part = Manager | (() => void);
  const fail = (): void => {
    throw new TypeError("callback");
  };
  const use = coroutine(function* (managers: Part[], bodyFails: boolean) {
    yield* asyncWith(new AsyncExitStack(), function* (stack) {
      for (const manager of managers) {
        if (typeof manager === "function") stack.callback(manager);
        else yield* stack.enterContext(manager);
      }
      if (bodyFails) throw new RuntimeError("body");
    });
    print("goes on");
  });

  for (const bodyFails of [false, true]) {
    for (const managers of [
      [new Manager("a"), new Manager("b", { fail: "b" })],
      [new Manager("c", { fail: "c" }), fail, new Manager("d", { fail: "d" })],
      [new Manager("e"), new Manager("f", { swallow: true }), new Manager("g", { fail: "g" })],
      [new Manager("h", { fail: "h" }), new Manager("i", { swallow: true })],
      [new Manager("j", { swallow: true }), fail],
    ]) {
      try {
        yield* use(managers, bodyFails);
      } catch (error) {
        print(bodyFails ? chain(error) : show(error));
      }
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

  type Part = Manager | (() => void);
  const fail = (): void => {
    throw new TypeError("callback");
  };
  const use = coroutine(async (managers: Part[], bodyFails: boolean) => {
    await asyncWith(new AsyncExitStack(), async (stack) => {
      for (const manager of managers) {
        if (typeof manager === "function") stack.callback(manager);
        else await stack.enterContext(manager);
      }
      if (bodyFails) throw new RuntimeError("body");
    });
    print("goes on");
  });

  for (const bodyFails of [false, true]) {
    for (const managers of [
      [new Manager("a"), new Manager("b", { fail: "b" })],
      [new Manager("c", { fail: "c" }), fail, new Manager("d", { fail: "d" })],
      [new Manager("e"), new Manager("f", { swallow: true }), new Manager("g", { fail: "g" })],
      [new Manager("h", { fail: "h" }), new Manager("i", { swallow: true })],
      [new Manager("j", { swallow: true }), fail],
    ]) {
      try {
        await use(managers, bodyFails);
      } catch (error) {
        print(bodyFails ? chain(error) : show(error));
      }
    }
  }
}
