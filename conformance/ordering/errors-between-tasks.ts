// An error that is thrown, caught and thrown again on its way through tasks keeps the iterations of a value.

import type { CoroutineGenerator, Task } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, show, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const leaf = coroutine(function* (tick: () => number): CoroutineGenerator<string> {
    yield* sleep(0);
    print("leaf fails in", tick());
    throw new RangeError("leaf");
  });

  const link = coroutine(function* (number: number, inner: Task<string>, tick: () => number) {
    try {
      return yield* inner;
    } catch (error) {
      print(number, "caught", show(error), "in", tick());
      if (number === 2) return "recovered";
      throw error;
    } finally {
      print(number, "leaves in", tick());
    }
  });

  const tick = ticks(getRunningLoop());
  let task = createTask(leaf(tick));
  for (let number = 0; number < 4; number += 1) task = createTask(link(number, task, tick));
  print(yield* task, "in", tick());
}

export async function native(print: Print): Promise<void> {
  const leaf = coroutine(async (tick: () => number): Promise<string> => {
    await sleep(0);
    print("leaf fails in", tick());
    throw new RangeError("leaf");
  });

  const link = coroutine(async (number: number, inner: Task<string>, tick: () => number) => {
    try {
      return await inner;
    } catch (error) {
      print(number, "caught", show(error), "in", tick());
      if (number === 2) return "recovered";
      throw error;
    } finally {
      print(number, "leaves in", tick());
    }
  });

  const tick = ticks(getRunningLoop());
  let task = createTask(leaf(tick));
  for (let number = 0; number < 4; number += 1) task = createTask(link(number, task, tick));
  print(await task, "in", tick());
}
