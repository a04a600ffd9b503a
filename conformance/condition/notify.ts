// A condition wakes as many as it is told, in their order; each goes on when it gets the lock.

import type { CoroutineGenerator } from "asyncio-ts";
import { Condition, coroutine, createTask, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, state, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const tick = ticks(getRunningLoop(), 40);
  const condition = new Condition();

  const worker = coroutine(function* (name: string) {
    yield* condition.runExclusive(function* () {
      print(name, yield* condition.wait(), state(condition), "in", tick());
    });
  });

  const tasks = [..."abcdef"].map((name) => createTask(worker(name)));
  yield* sleep(0);
  for (const n of [1, 0, 2, -1, 9]) {
    yield* condition.runExclusive(function* () {
      condition.notify(n);
      print("notified", n, state(condition), "in", tick());
    });
    for (let i = 0; i < 4; i++) yield* sleep(0);
    print(
      state(condition),
      tasks.map((task) => task.done()),
    );
  }
}

export async function native(print: Print): Promise<void> {
  const tick = ticks(getRunningLoop(), 40);
  const condition = new Condition();

  const worker = coroutine(async (name: string) => {
    await condition.runExclusive(async () => {
      print(name, await condition.wait(), state(condition), "in", tick());
    });
  });

  const tasks = [..."abcdef"].map((name) => createTask(worker(name)));
  await sleep(0);
  for (const n of [1, 0, 2, -1, 9]) {
    await condition.runExclusive(async () => {
      condition.notify(n);
      print("notified", n, state(condition), "in", tick());
    });
    for (let i = 0; i < 4; i++) await sleep(0);
    print(
      state(condition),
      tasks.map((task) => task.done()),
    );
  }
}
