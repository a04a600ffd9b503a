// A predicate that fails ends the wait with the lock held, so that the body releases it.

import type { CoroutineGenerator } from "asyncio-ts";
import { Condition, coroutine, createTask, sleep } from "asyncio-ts";
import { type Print, show, state } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const condition = new Condition();
  let looks = 0;

  const predicate = (): boolean => {
    looks++;
    if (looks === 2) throw new RangeError(`at look ${looks}`);
    return false;
  };

  const worker = coroutine(function* () {
    yield* condition.runExclusive(function* () {
      try {
        yield* condition.waitFor(predicate);
      } finally {
        print(state(condition));
      }
    });
  });

  const task = createTask(worker());
  yield* sleep(0);
  yield* condition.runExclusive(function* () {
    condition.notify();
  });
  try {
    yield* task;
  } catch (error) {
    print(show(error), state(condition));
  }
}

export async function native(print: Print): Promise<void> {
  const condition = new Condition();
  let looks = 0;

  const predicate = (): boolean => {
    looks++;
    if (looks === 2) throw new RangeError(`at look ${looks}`);
    return false;
  };

  const worker = coroutine(async () => {
    await condition.runExclusive(async () => {
      try {
        await condition.waitFor(predicate);
      } finally {
        print(state(condition));
      }
    });
  });

  const task = createTask(worker());
  await sleep(0);
  await condition.runExclusive(async () => {
    condition.notify();
  });
  try {
    await task;
  } catch (error) {
    print(show(error), state(condition));
  }
}
