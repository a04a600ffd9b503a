// A condition wakes all; they get the lock one after the other, and newcomers stand behind them.

import type { CoroutineGenerator } from "asyncio-ts";
import { Condition, coroutine, createTask, gather, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, state, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const tick = ticks(getRunningLoop());
  const condition = new Condition();

  const worker = coroutine(function* (name: string) {
    yield* condition.acquire();
    yield* condition.wait();
    print(name, "in", tick());
    yield* sleep(0);
    condition.release();
  });

  const newcomer = coroutine(function* () {
    yield* condition.runExclusive(function* () {
      print("newcomer in", tick());
    });
  });

  const tasks = [..."abc"].map((name) => createTask(worker(name)));
  yield* sleep(0);
  yield* condition.acquire();
  condition.notifyAll();
  print(condition.locked(), state(condition));
  tasks.push(createTask(newcomer()));
  yield* sleep(0);
  yield* sleep(0);
  print(condition.locked(), state(condition), "in", tick());
  condition.release();
  yield* gather(tasks);
  print(state(condition));
}

export async function native(print: Print): Promise<void> {
  const tick = ticks(getRunningLoop());
  const condition = new Condition();

  const worker = coroutine(async (name: string) => {
    await condition.acquire();
    await condition.wait();
    print(name, "in", tick());
    await sleep(0);
    condition.release();
  });

  const newcomer = coroutine(async () => {
    await condition.runExclusive(async () => {
      print("newcomer in", tick());
    });
  });

  const tasks = [..."abc"].map((name) => createTask(worker(name)));
  await sleep(0);
  await condition.acquire();
  condition.notifyAll();
  print(condition.locked(), state(condition));
  tasks.push(createTask(newcomer()));
  await sleep(0);
  await sleep(0);
  print(condition.locked(), state(condition), "in", tick());
  condition.release();
  await gather(tasks);
  print(state(condition));
}
