// Awaitables that await each other, in the awaiting task: no task is made and no iteration is spent.

import type { CoroutineGenerator } from "asyncio-ts";
import { AwaitableBase, allTasks, currentTask, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, ticks } from "../twin.ts";

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

  class Both extends Wait {
    override *awaitSteps(): CoroutineGenerator<string> {
      const here = currentTask();
      const first = yield* new Wait("x");
      const second = yield* new Wait("y");
      print(currentTask() === here);
      return `${first}${second}`;
    }
  }

  const tick = ticks(getRunningLoop());
  yield* sleep(0);
  const before = allTasks().size;
  print(yield* new Both("both"), tick(), allTasks().size - before);
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

  class Both extends Wait {
    override *awaitSteps(): CoroutineGenerator<string> {
      const here = currentTask();
      const first = yield* new Wait("x");
      const second = yield* new Wait("y");
      print(currentTask() === here);
      return `${first}${second}`;
    }
  }

  const tick = ticks(getRunningLoop());
  await sleep(0);
  const before = allTasks().size;
  print(await new Both("both"), tick(), allTasks().size - before);
}
