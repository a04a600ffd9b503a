// Fact 117: a waiter that is notified, then cancelled before it goes on, passes the notification on.

import type { CoroutineGenerator } from "asyncio-ts";
import { Condition, coroutine, createTask, getRunningLoop, sleep, wait } from "asyncio-ts";
import { type Print, state, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const tick = ticks(getRunningLoop());
  const condition = new Condition();

  const worker = coroutine(function* (name: string) {
    yield* condition.runExclusive(function* () {
      try {
        yield* condition.wait();
        print(name, "woken in", tick());
      } catch (error) {
        print(name, "cancelled in", tick());
        throw error;
      }
    });
  });

  const tasks = [..."abc"].map((name) => createTask(worker(name)));
  yield* sleep(0);
  yield* condition.runExclusive(function* () {
    condition.notify(1);
    tasks[0]!.cancel();
  });
  yield* wait(tasks.slice(0, 2));
  print(
    tasks.map((task) => task.done()),
    state(condition),
  );
  tasks[2]!.cancel();
  yield* wait(tasks);
}

export async function native(print: Print): Promise<void> {
  const tick = ticks(getRunningLoop());
  const condition = new Condition();

  const worker = coroutine(async (name: string) => {
    await condition.runExclusive(async () => {
      try {
        await condition.wait();
        print(name, "woken in", tick());
      } catch (error) {
        print(name, "cancelled in", tick());
        throw error;
      }
    });
  });

  const tasks = [..."abc"].map((name) => createTask(worker(name)));
  await sleep(0);
  await condition.runExclusive(async () => {
    condition.notify(1);
    tasks[0]!.cancel();
  });
  await wait(tasks.slice(0, 2));
  print(
    tasks.map((task) => task.done()),
    state(condition),
  );
  tasks[2]!.cancel();
  await wait(tasks);
}
