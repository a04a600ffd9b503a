// No other handle runs during a step: what a step schedules, in whatever way, runs after it, in order.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop } from "asyncio-ts";
import type { Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const child = coroutine(function* (name: number) {
    print("child", name);
  });

  function* helper(depth: number): CoroutineGenerator<void> {
    if (depth) return yield* helper(depth - 1);
    print("helper runs inside the step");
  }

  const loop = getRunningLoop();
  const future = loop.createFuture<null>();
  future.addDoneCallback(() => print("done callback"));
  const done = loop.createFuture<string>();
  done.setResult("done");
  for (const depth of [0, 1, 5]) {
    print("step begins");
    loop.callSoon(print, "callback 1");
    const task = createTask(child(depth));
    if (!future.done()) future.setResult(null);
    yield* helper(depth);
    print(yield* done, "is no suspension");
    loop.callSoon(print, "callback 2");
    yield* helper(depth);
    print("step ends");
    yield* task;
  }
}

export async function native(print: Print): Promise<void> {
  const child = coroutine(async (name: number) => {
    print("child", name);
  });

  async function helper(depth: number): Promise<void> {
    if (depth) return await helper(depth - 1);
    print("helper runs inside the step");
  }

  const loop = getRunningLoop();
  const future = loop.createFuture<null>();
  future.addDoneCallback(() => print("done callback"));
  const done = loop.createFuture<string>();
  done.setResult("done");
  for (const depth of [0, 1, 5]) {
    print("step begins");
    loop.callSoon(print, "callback 1");
    const task = createTask(child(depth));
    if (!future.done()) future.setResult(null);
    await helper(depth);
    print(await done, "is no suspension");
    loop.callSoon(print, "callback 2");
    await helper(depth);
    print("step ends");
    await task;
  }
}
