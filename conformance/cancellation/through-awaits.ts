// Fact 39: through plain awaits the cancellation passes every level, innermost first, in one step.

import type { CoroutineGenerator } from "asyncio-ts";
import { createTask, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  function* level(depth: number, tick: () => number): CoroutineGenerator<void> {
    try {
      if (depth) yield* level(depth - 1, tick);
      else yield* sleep(10);
    } catch (error) {
      print("level", depth, "catches in", tick());
      throw error;
    } finally {
      print("level", depth, "leaves in", tick());
    }
  }

  const tick = ticks(getRunningLoop());
  for (const depth of [0, 1, 3]) {
    const task = createTask(() => level(depth, tick));
    yield* sleep(0);
    task.cancel();
    print("cancelled in", tick());
    yield* sleep(0);
    print(task.cancelled());
  }
}

export async function native(print: Print): Promise<void> {
  async function level(depth: number, tick: () => number): Promise<void> {
    try {
      if (depth) await level(depth - 1, tick);
      else await sleep(10);
    } catch (error) {
      print("level", depth, "catches in", tick());
      throw error;
    } finally {
      print("level", depth, "leaves in", tick());
    }
  }

  const tick = ticks(getRunningLoop());
  for (const depth of [0, 1, 3]) {
    const task = createTask(() => level(depth, tick));
    await sleep(0);
    task.cancel();
    print("cancelled in", tick());
    await sleep(0);
    print(task.cancelled());
  }
}
