// An exception ends the task, reaches everyone who awaits it as the same object, and is not re-raised in the loop.

import type { CoroutineGenerator } from "asyncio-ts";
import { createTask, sleep } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  function* fail(depth: number): CoroutineGenerator<void> {
    if (depth) yield* fail(depth - 1);
    yield* sleep(0);
    throw new RangeError("from the leaf");
  }

  for (const depth of [0, 1, 5]) {
    const task = createTask(() => fail(depth));
    const errors: unknown[] = [];
    for (let round = 0; round < 2; round += 1) {
      try {
        yield* task;
      } catch (error) {
        errors.push(error);
      }
    }
    print(depth, show(errors[0]), errors[0] === errors[1], errors[0] === task.exception());
    try {
      task.result();
    } catch (error) {
      print(error === errors[0], task.done(), task.cancelled());
    }
  }
}

export async function native(print: Print): Promise<void> {
  async function fail(depth: number): Promise<void> {
    if (depth) await fail(depth - 1);
    await sleep(0);
    throw new RangeError("from the leaf");
  }

  for (const depth of [0, 1, 5]) {
    const task = createTask(() => fail(depth));
    const errors: unknown[] = [];
    for (let round = 0; round < 2; round += 1) {
      try {
        await task;
      } catch (error) {
        errors.push(error);
      }
    }
    print(depth, show(errors[0]), errors[0] === errors[1], errors[0] === task.exception());
    try {
      task.result();
    } catch (error) {
      print(error === errors[0], task.done(), task.cancelled());
    }
  }
}
