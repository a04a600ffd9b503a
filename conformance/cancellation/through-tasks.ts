// Fact 39: a cancellation flows from the outer task through awaited tasks to the leaf, and back one task per
// iteration.

import type { CoroutineGenerator, Task } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, show, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const link = coroutine(function* (number: number, inner: Task<void> | undefined, tick: () => number) {
    try {
      yield* inner ?? getRunningLoop().createFuture<void>();
    } catch (error) {
      print("link", number, show(error), "in", tick());
      throw error;
    }
  });

  const tick = ticks(getRunningLoop());
  const tasks: Task<void>[] = [];
  for (let number = 0; number < 4; number += 1) tasks.push(createTask(link(number, tasks.at(-1), tick)));
  yield* sleep(0);
  yield* sleep(0);
  const outermost = tasks.at(-1)!;
  outermost.cancel("from above");
  print(
    "cancelled in",
    tick(),
    tasks.map((task) => task.cancelling()),
  );
  try {
    yield* outermost;
  } catch (error) {
    print(
      "main",
      show(error),
      "in",
      tick(),
      tasks.map((task) => task.cancelled()),
    );
  }
}

export async function native(print: Print): Promise<void> {
  const link = coroutine(async (number: number, inner: Task<void> | undefined, tick: () => number) => {
    try {
      await (inner ?? getRunningLoop().createFuture<void>());
    } catch (error) {
      print("link", number, show(error), "in", tick());
      throw error;
    }
  });

  const tick = ticks(getRunningLoop());
  const tasks: Task<void>[] = [];
  for (let number = 0; number < 4; number += 1) tasks.push(createTask(link(number, tasks.at(-1), tick)));
  await sleep(0);
  await sleep(0);
  const outermost = tasks.at(-1)!;
  outermost.cancel("from above");
  print(
    "cancelled in",
    tick(),
    tasks.map((task) => task.cancelling()),
  );
  try {
    await outermost;
  } catch (error) {
    print(
      "main",
      show(error),
      "in",
      tick(),
      tasks.map((task) => task.cancelled()),
    );
  }
}
