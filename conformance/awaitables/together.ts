// gather, wait, shield and ensure_future take objects with an __await__; each becomes a task.

import type { CoroutineGenerator } from "asyncio-ts";
import { AwaitableBase, ensureFuture, gather, getRunningLoop, shield, sleep, Task } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  class Wait extends AwaitableBase<string> {
    readonly name: string;
    readonly delay: number;
    readonly fail: boolean;
    times = 0;
    constructor(name: string, delay = 0, fail = false) {
      super();
      this.name = name;
      this.delay = delay;
      this.fail = fail;
    }
    *awaitSteps(): CoroutineGenerator<string> {
      this.times++;
      try {
        yield* sleep(this.delay);
        if (this.fail) throw new RangeError(this.name);
        return `${this.name}${this.times}`;
      } finally {
        print(this.name, "left", getRunningLoop().time());
      }
    }
  }

  const loop = getRunningLoop();
  print(yield* gather(new Wait("a", 2), new Wait("b", 1)), loop.time());
  const results = yield* gather([new Wait("c", 2, true), new Wait("d", 1)], { returnExceptions: true });
  print(show(results[0]), results[1]);
  const task = ensureFuture(new Wait("e", 5));
  print(task instanceof Task, yield* shield(task));
  const one = new Wait("f", 1);
  print(yield* gather(one, one));
}

export async function native(print: Print): Promise<void> {
  class Wait extends AwaitableBase<string> {
    readonly name: string;
    readonly delay: number;
    readonly fail: boolean;
    times = 0;
    constructor(name: string, delay = 0, fail = false) {
      super();
      this.name = name;
      this.delay = delay;
      this.fail = fail;
    }
    *awaitSteps(): CoroutineGenerator<string> {
      this.times++;
      try {
        yield* sleep(this.delay);
        if (this.fail) throw new RangeError(this.name);
        return `${this.name}${this.times}`;
      } finally {
        print(this.name, "left", getRunningLoop().time());
      }
    }
  }

  const loop = getRunningLoop();
  print(await gather(new Wait("a", 2), new Wait("b", 1)), loop.time());
  const results = await gather([new Wait("c", 2, true), new Wait("d", 1)], { returnExceptions: true });
  print(show(results[0]), results[1]);
  const task = ensureFuture(new Wait("e", 5));
  print(task instanceof Task, await shield(task));
  const one = new Wait("f", 1);
  print(await gather(one, one));
}
