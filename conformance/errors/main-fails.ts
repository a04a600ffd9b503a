// run_until_complete() passes on the error of nested awaits, tasks and groups, and the loop stays usable.

import type { CoroutineGenerator } from "asyncio-ts";
import { CancelledError, coroutine, createTask, sleep, taskGroup } from "asyncio-ts";
import { TestLoop } from "asyncio-ts/testing";
import { type Print, show } from "../twin.ts";

export async function program(print: Print): Promise<void> {
  const loop = new TestLoop();
  function* fail(depth: number): CoroutineGenerator<void> {
    if (depth) yield* fail(depth - 1);
    yield* sleep(0);
    throw new RangeError(`deep ${depth}`);
  }

  const inTask = coroutine(function* () {
    yield* createTask(fail(1));
  });

  const inGroup = coroutine(function* () {
    yield* taskGroup(function* (group) {
      group.createTask(fail(0));
    });
  });

  const cancelled = coroutine(function* () {
    throw new CancelledError("by hand");
  });

  for (const coro of [fail(0), fail(5), inTask(), inGroup(), cancelled()]) {
    try {
      await loop.runUntilComplete(coro);
    } catch (error) {
      print(show(error), loop.isRunning());
    }
  }
  print(await loop.runUntilComplete(sleep(1, "usable")));
}
