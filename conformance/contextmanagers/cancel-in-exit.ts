// A cancellation while a manager is left interrupts the leaving; the error of the body stays in the context.

import type { CoroutineGenerator } from "asyncio-ts";
import { asyncWith, coroutine, createTask, getRunningLoop, sleep } from "asyncio-ts";
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

  const work = coroutine(function* (fail: boolean) {
    yield* asyncWith(new Manager("outer"), function* () {
      yield* asyncWith(new Manager("inner", { delay: 10 }), function* () {
        if (fail) throw new RangeError("first");
      });
    });
  });

  for (const fail of [false, true]) {
    const task = createTask(work(fail));
    yield* sleep(15);
    task.cancel("hurry");
    try {
      yield* task;
    } catch (error) {
      print(chain(error), task.cancelled(), getRunningLoop().time());
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

  const work = coroutine(async (fail: boolean) => {
    await asyncWith(new Manager("outer"), async () => {
      await asyncWith(new Manager("inner", { delay: 10 }), async () => {
        if (fail) throw new RangeError("first");
      });
    });
  });

  for (const fail of [false, true]) {
    const task = createTask(work(fail));
    await sleep(15);
    task.cancel("hurry");
    try {
      await task;
    } catch (error) {
      print(chain(error), task.cancelled(), getRunningLoop().time());
    }
  }
}
