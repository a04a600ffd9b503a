// Fact 117: a waiter that was notified is cancelled while it waits for the lock: another one is notified.

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

  const tasks = [..."ab"].map((name) => createTask(worker(name)));
  yield* sleep(0);
  yield* condition.acquire();
  condition.notify(1);
  yield* sleep(0);
  tasks[0]!.cancel();
  yield* sleep(0);
  print(
    tasks.map((task) => task.done()),
    state(condition),
  );
  condition.release();
  yield* wait(tasks);
  print(
    tasks.map((task) => task.cancelled()),
    state(condition),
  );
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

  const tasks = [..."ab"].map((name) => createTask(worker(name)));
  await sleep(0);
  await condition.acquire();
  condition.notify(1);
  await sleep(0);
  tasks[0]!.cancel();
  await sleep(0);
  print(
    tasks.map((task) => task.done()),
    state(condition),
  );
  condition.release();
  await wait(tasks);
  print(
    tasks.map((task) => task.cancelled()),
    state(condition),
  );
}
