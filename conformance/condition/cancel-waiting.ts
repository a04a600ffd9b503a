// Fact 116: a cancelled wait gets the lock back first; it is held when the error arrives.

import type { CoroutineGenerator } from "asyncio-ts";
import { Condition, coroutine, createTask, getRunningLoop, sleep, wait } from "asyncio-ts";
import { type Print, show, state, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const tick = ticks(getRunningLoop());
  const condition = new Condition();

  const worker = coroutine(function* () {
    yield* condition.acquire();
    try {
      yield* condition.wait();
    } catch (error) {
      print(show(error), state(condition), "in", tick());
      condition.release();
      throw error;
    }
  });

  const task = createTask(worker());
  yield* sleep(0);
  print(state(condition));
  yield* condition.acquire();
  task.cancel("go home");
  yield* sleep(0);
  yield* sleep(0);
  print(task.done(), state(condition), "in", tick());
  condition.release();
  yield* wait([task]);
  print(task.cancelled(), state(condition), "in", tick());
}

export async function native(print: Print): Promise<void> {
  const tick = ticks(getRunningLoop());
  const condition = new Condition();

  const worker = coroutine(async () => {
    await condition.acquire();
    try {
      await condition.wait();
    } catch (error) {
      print(show(error), state(condition), "in", tick());
      condition.release();
      throw error;
    }
  });

  const task = createTask(worker());
  await sleep(0);
  print(state(condition));
  await condition.acquire();
  task.cancel("go home");
  await sleep(0);
  await sleep(0);
  print(task.done(), state(condition), "in", tick());
  condition.release();
  await wait([task]);
  print(task.cancelled(), state(condition), "in", tick());
}
