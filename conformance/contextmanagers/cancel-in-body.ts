// A cancellation in the body is seen as CancelledError with its message; leaving may wait. Then the task is cancelled.

import type { CoroutineGenerator } from "asyncio-ts";
import { asyncWith, coroutine, createTask, getRunningLoop, sleep } from "asyncio-ts";
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

  const work = coroutine(function* () {
    yield* asyncWith(new Manager("a", { delay: 1 }), function* () {
      yield* asyncWith(new Manager("b", { delay: 1 }), function* () {
        yield* sleep(100);
      });
    });
  });

  const task = createTask(work());
  yield* sleep(5);
  task.cancel("enough");
  try {
    yield* task;
  } catch (error) {
    print(show(error), task.cancelled(), getRunningLoop().time());
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

  const work = coroutine(async () => {
    await asyncWith(new Manager("a", { delay: 1 }), async () => {
      await asyncWith(new Manager("b", { delay: 1 }), async () => {
        await sleep(100);
      });
    });
  });

  const task = createTask(work());
  await sleep(5);
  task.cancel("enough");
  try {
    await task;
  } catch (error) {
    print(show(error), task.cancelled(), getRunningLoop().time());
  }
}
