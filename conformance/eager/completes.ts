// Fact 59: an eager task whose coroutine does not block is done when create_task() returns.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const work = coroutine(function* (depth: number): CoroutineGenerator<string> {
    print("runs at depth", depth);
    return depth ? yield* work(depth - 1) : "result";
  });

  const fail = coroutine(function* () {
    throw new RangeError("at once");
  });

  getRunningLoop().callSoon(print, "the loop turns");
  for (const depth of [0, 1]) {
    const task = createTask(work(depth), { eagerStart: true });
    print(task.done(), task.result());
    print(yield* task);
  }
  const failed = createTask(fail(), { eagerStart: true });
  print(failed.done(), show(failed.exception()));
  yield* sleep(0);
}
