// Tasks that make tasks: breadth first, one level per iteration; results come back one level per iteration.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop } from "asyncio-ts";
import { type Print, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const node = coroutine(function* (name: string, depth: number, tick: () => number): CoroutineGenerator<void> {
    print(name, "starts in", tick());
    if (depth) {
      const children = [..."lr"].map((side) => createTask(node(name + side, depth - 1, tick)));
      for (const child of children) yield* child;
    }
    print(name, "ends in", tick());
  });

  const tick = ticks(getRunningLoop());
  yield* node("x", 2, tick);
}

export async function native(print: Print): Promise<void> {
  const node = coroutine(async (name: string, depth: number, tick: () => number): Promise<void> => {
    print(name, "starts in", tick());
    if (depth) {
      const children = [..."lr"].map((side) => createTask(node(name + side, depth - 1, tick)));
      for (const child of children) await child;
    }
    print(name, "ends in", tick());
  });

  const tick = ticks(getRunningLoop());
  await node("x", 2, tick);
}
