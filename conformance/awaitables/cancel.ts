// A task that is cancelled in an awaitable of its program's own: the steps are cancelled with it.

import type { CoroutineGenerator } from "asyncio-ts";
import { AwaitableBase, coroutine, createTask, getRunningLoop, sleep, timeout } from "asyncio-ts";
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

  const work = coroutine(function* () {
    return yield* new Wait("a", 10);
  });

  const task = createTask(work());
  yield* sleep(1);
  task.cancel("enough");
  try {
    yield* task;
  } catch (error) {
    print(show(error), task.cancelled());
  }
  try {
    yield* timeout(3, function* () {
      yield* new Wait("b", 10);
    });
  } catch {
    print("timed out", getRunningLoop().time());
  }
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

  const work = coroutine(async () => {
    return await new Wait("a", 10);
  });

  const task = createTask(work());
  await sleep(1);
  task.cancel("enough");
  try {
    await task;
  } catch (error) {
    print(show(error), task.cancelled());
  }
  try {
    await timeout(3, async () => {
      await new Wait("b", 10);
    });
  } catch {
    print("timed out", getRunningLoop().time());
  }
}
