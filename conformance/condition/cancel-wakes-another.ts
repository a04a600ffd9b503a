// A cancelled waiter notifies another one even if nobody had notified it: a wake-up without a reason.

import type { CoroutineGenerator } from "asyncio-ts";
import { Condition, coroutine, createTask, sleep, wait } from "asyncio-ts";
import { type Print, state } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const condition = new Condition();

  const worker = coroutine(function* (name: string) {
    yield* condition.runExclusive(function* () {
      try {
        print(name, yield* condition.wait());
      } catch (error) {
        print(name, "cancelled", state(condition));
        throw error;
      }
    });
  });

  const tasks = [..."abc"].map((name) => createTask(worker(name)));
  yield* sleep(0);
  tasks[1]!.cancel();
  yield* wait(tasks.slice(0, 2));
  print(
    tasks.map((task) => task.done()),
    state(condition),
  );
  tasks[2]!.cancel();
  yield* wait(tasks);
  print(state(condition));
}

export async function native(print: Print): Promise<void> {
  const condition = new Condition();

  const worker = coroutine(async (name: string) => {
    await condition.runExclusive(async () => {
      try {
        print(name, await condition.wait());
      } catch (error) {
        print(name, "cancelled", state(condition));
        throw error;
      }
    });
  });

  const tasks = [..."abc"].map((name) => createTask(worker(name)));
  await sleep(0);
  tasks[1]!.cancel();
  await wait(tasks.slice(0, 2));
  print(
    tasks.map((task) => task.done()),
    state(condition),
  );
  tasks[2]!.cancel();
  await wait(tasks);
  print(state(condition));
}
