// When a manager cannot be entered, the exit stack leaves those that it has entered before.

import type { CoroutineGenerator } from "asyncio-ts";
import { AsyncExitStack, asyncWith, coroutine, createTask, sleep } from "asyncio-ts";
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

  const work = coroutine(function* (managerDelay: number) {
    yield* asyncWith(new AsyncExitStack(), function* (stack) {
      for (const [name, delay] of [
        ["a", 0],
        ["b", managerDelay],
        ["c", 0],
      ] as const) {
        yield* stack.enterContext(new Manager(name, { delay }));
      }
      print("never");
    });
  });

  const task = createTask(work(10));
  yield* sleep(1);
  task.cancel("no time");
  try {
    yield* task;
  } catch (error) {
    print(show(error));
  }
  try {
    yield* asyncWith(new AsyncExitStack(), function* (stack) {
      stack.callback(print, "left");
      yield* stack.enterContext(null as never);
    });
  } catch (error) {
    print(kind(error));
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

  const work = coroutine(async (managerDelay: number) => {
    await asyncWith(new AsyncExitStack(), async (stack) => {
      for (const [name, delay] of [
        ["a", 0],
        ["b", managerDelay],
        ["c", 0],
      ] as const) {
        await stack.enterContext(new Manager(name, { delay }));
      }
      print("never");
    });
  });

  const task = createTask(work(10));
  await sleep(1);
  task.cancel("no time");
  try {
    await task;
  } catch (error) {
    print(show(error));
  }
  try {
    await asyncWith(new AsyncExitStack(), async (stack) => {
      stack.callback(print, "left");
      await stack.enterContext(null as never);
    });
  } catch (error) {
    print(kind(error));
  }
}
