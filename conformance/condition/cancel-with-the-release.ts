// Fact 116: the lock is released and the reacquiring task cancelled in one iteration: it gets the lock in the end.

import type { CoroutineGenerator } from "asyncio-ts";
import { Condition, coroutine, createTask, getRunningLoop, sleep, wait } from "asyncio-ts";
import { type Print, show, state, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const tick = ticks(getRunningLoop());
  const condition = new Condition();

  const worker = coroutine(function* () {
    yield* condition.runExclusive(function* () {
      try {
        yield* condition.wait();
      } catch (error) {
        print(show(error), state(condition), "in", tick());
        throw error;
      }
    });
  });

  const task = createTask(worker());
  yield* sleep(0);
  yield* condition.acquire();
  condition.notify();
  yield* sleep(0);
  condition.release();
  task.cancel("late");
  print(state(condition), "in", tick());
  yield* condition.runExclusive(function* () {
    print("newcomer in", tick());
  });
  yield* wait([task]);
  print(task.cancelled(), state(condition));
}

export async function native(print: Print): Promise<void> {
  const tick = ticks(getRunningLoop());
  const condition = new Condition();

  const worker = coroutine(async () => {
    await condition.runExclusive(async () => {
      try {
        await condition.wait();
      } catch (error) {
        print(show(error), state(condition), "in", tick());
        throw error;
      }
    });
  });

  const task = createTask(worker());
  await sleep(0);
  await condition.acquire();
  condition.notify();
  await sleep(0);
  condition.release();
  task.cancel("late");
  print(state(condition), "in", tick());
  await condition.runExclusive(async () => {
    print("newcomer in", tick());
  });
  await wait([task]);
  print(task.cancelled(), state(condition));
}
