// An object with an __await__ of its own can be awaited as often as one likes; each time its steps are run anew.

import type { CoroutineGenerator } from "asyncio-ts";
import { AwaitableBase, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, show, ticks } from "../twin.ts";

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

  const tick = ticks(getRunningLoop());
  yield* sleep(0);
  const own = new Wait("a");
  print(yield* own, tick());
  print(yield* own, tick());
  try {
    yield* new Wait("b", 0, true);
  } catch (error) {
    print(show(error), tick());
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

  const tick = ticks(getRunningLoop());
  await sleep(0);
  const own = new Wait("a");
  print(await own, tick());
  print(await own, tick());
  try {
    await new Wait("b", 0, true);
  } catch (error) {
    print(show(error), tick());
  }
}
