// A manager that swallows a CancelledError keeps its task running; the request still counts until it is withdrawn.

import type { CoroutineGenerator } from "asyncio-ts";
import { asyncWith, coroutine, createTask, currentTask, getRunningLoop, sleep } from "asyncio-ts";
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
    yield* asyncWith(new Manager("stubborn", { swallow: true }), function* () {
      yield* sleep(100);
    });
    const task = currentTask()!;
    print("goes on", task.cancelling(), task.uncancel());
    yield* sleep(1);
    return "done";
  });

  const task = createTask(work());
  yield* sleep(5);
  task.cancel();
  print(yield* task, task.cancelled(), getRunningLoop().time());
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
    await asyncWith(new Manager("stubborn", { swallow: true }), async () => {
      await sleep(100);
    });
    const task = currentTask()!;
    print("goes on", task.cancelling(), task.uncancel());
    await sleep(1);
    return "done";
  });

  const task = createTask(work());
  await sleep(5);
  task.cancel();
  print(await task, task.cancelled(), getRunningLoop().time());
}
