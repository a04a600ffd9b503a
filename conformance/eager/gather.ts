// Fact 68: a gather of children that are done at once takes no turn of the loop.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, gather, getRunningLoop } from "asyncio-ts";
import { type Print, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const tree = coroutine(function* (depth: number): CoroutineGenerator<number> {
    if (depth === 0) return 1;
    const children = [0, 1].map(() => createTask(tree(depth - 1), { eagerStart: true }));
    return (yield* gather(...children)).reduce((sum, value) => sum + value);
  });

  const tick = ticks(getRunningLoop());
  for (const depth of [0, 1, 3]) {
    const task = createTask(tree(depth), { eagerStart: true });
    print(depth, task.done(), "in", tick());
    print(yield* task, "in", tick());
  }
}
