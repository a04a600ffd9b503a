// Fact 117: a waiter is cancelled, then one is notified in the same iteration: the notification goes to the next.

import type { CoroutineGenerator } from "asyncio-ts";
import { Condition, coroutine, createTask, sleep, wait } from "asyncio-ts";
import { type Print, state } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const condition = new Condition();

  const worker = coroutine(function* (name: string) {
    yield* condition.runExclusive(function* () {
      try {
        yield* condition.wait();
        print(name, "woken");
      } catch (error) {
        print(name, "cancelled");
        throw error;
      }
    });
  });

  const tasks = [..."abcd"].map((name) => createTask(worker(name)));
  yield* sleep(0);
  yield* condition.runExclusive(function* () {
    tasks[0]!.cancel();
    condition.notify();
    print(state(condition));
  });
  for (let i = 0; i < 5; i++) yield* sleep(0);
  print(
    tasks.map((task) => task.done()),
    state(condition),
  );
  yield* condition.runExclusive(function* () {
    condition.notifyAll();
  });
  yield* wait(tasks);
}

export async function native(print: Print): Promise<void> {
  const condition = new Condition();

  const worker = coroutine(async (name: string) => {
    await condition.runExclusive(async () => {
      try {
        await condition.wait();
        print(name, "woken");
      } catch (error) {
        print(name, "cancelled");
        throw error;
      }
    });
  });

  const tasks = [..."abcd"].map((name) => createTask(worker(name)));
  await sleep(0);
  await condition.runExclusive(async () => {
    tasks[0]!.cancel();
    condition.notify();
    print(state(condition));
  });
  for (let i = 0; i < 5; i++) await sleep(0);
  print(
    tasks.map((task) => task.done()),
    state(condition),
  );
  await condition.runExclusive(async () => {
    condition.notifyAll();
  });
  await wait(tasks);
}
