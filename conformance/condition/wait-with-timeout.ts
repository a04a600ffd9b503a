// A wait that times out has the lock again when the timeout arrives.

import type { CoroutineGenerator } from "asyncio-ts";
import { Condition, coroutine, createTask, getRunningLoop, sleep, timeout } from "asyncio-ts";
import { type Print, show, state } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const loop = getRunningLoop();
  const condition = new Condition();

  const hog = coroutine(function* () {
    yield* sleep(1);
    yield* condition.runExclusive(function* () {
      yield* sleep(2);
    });
  });

  const task = createTask(hog());
  yield* condition.runExclusive(function* () {
    try {
      yield* timeout(2, function* () {
        yield* condition.wait();
      });
    } catch (error) {
      print(show(error), state(condition), `at ${loop.time()}`);
    }
  });
  yield* task;
  print(state(condition));
}

export async function native(print: Print): Promise<void> {
  const loop = getRunningLoop();
  const condition = new Condition();

  const hog = coroutine(async () => {
    await sleep(1);
    await condition.runExclusive(async () => {
      await sleep(2);
    });
  });

  const task = createTask(hog());
  await condition.runExclusive(async () => {
    try {
      await timeout(2, async () => {
        await condition.wait();
      });
    } catch (error) {
      print(show(error), state(condition), `at ${loop.time()}`);
    }
  });
  await task;
  print(state(condition));
}
