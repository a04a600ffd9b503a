// Cancelling inner and outer in the same tick, in either order; and the shield of a task that ends in that tick.

import type { CoroutineGenerator, Task } from "asyncio-ts";
import { coroutine, createTask, shield, sleep } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const inner = coroutine(function* () {
    yield* sleep(0);
    yield* sleep(0);
    return "value";
  });

  const outer = coroutine(function* (task: Task<string>) {
    return yield* shield(task);
  });

  for (const order of ["inner first", "outer first", "inner ends"]) {
    const task = createTask(inner());
    const waiting = createTask(outer(task));
    yield* sleep(0);
    yield* sleep(0);
    if (order === "inner ends") {
      yield* sleep(0);
      waiting.cancel("outer");
    } else {
      for (const one of order === "inner first" ? [task, waiting] : [waiting, task]) {
        one.cancel(one === task ? "inner" : "outer");
      }
    }
    try {
      yield* waiting;
    } catch (error) {
      print(order, show(error), waiting.cancelled(), task.cancelled());
    }
  }
}

export async function native(print: Print): Promise<void> {
  const inner = coroutine(async () => {
    await sleep(0);
    await sleep(0);
    return "value";
  });

  const outer = coroutine(async (task: Task<string>) => {
    return await shield(task);
  });

  for (const order of ["inner first", "outer first", "inner ends"]) {
    const task = createTask(inner());
    const waiting = createTask(outer(task));
    await sleep(0);
    await sleep(0);
    if (order === "inner ends") {
      await sleep(0);
      waiting.cancel("outer");
    } else {
      for (const one of order === "inner first" ? [task, waiting] : [waiting, task]) {
        one.cancel(one === task ? "inner" : "outer");
      }
    }
    try {
      await waiting;
    } catch (error) {
      print(order, show(error), waiting.cancelled(), task.cancelled());
    }
  }
}
