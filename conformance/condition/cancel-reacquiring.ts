// Fact 116: a task that is cancelled again and again while it gets the lock back throws the last of the errors.

import type { CoroutineGenerator } from "asyncio-ts";
import { Condition, coroutine, createTask, currentTask, sleep, wait } from "asyncio-ts";
import { type Print, show, state } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const condition = new Condition();

  const worker = coroutine(function* () {
    yield* condition.runExclusive(function* () {
      try {
        yield* condition.wait();
      } catch (error) {
        print(show(error), state(condition), currentTask()!.cancelling());
        throw error;
      }
    });
  });

  for (const notified of [false, true]) {
    const task = createTask(worker());
    yield* sleep(0);
    yield* condition.acquire();
    if (notified) condition.notify();
    else task.cancel("first");
    for (const message of ["second", "third"]) {
      yield* sleep(0);
      task.cancel(message);
      print(task.done(), state(condition));
    }
    yield* sleep(0);
    condition.release();
    yield* wait([task]);
    print(task.cancelled(), state(condition));
  }
}

export async function native(print: Print): Promise<void> {
  const condition = new Condition();

  const worker = coroutine(async () => {
    await condition.runExclusive(async () => {
      try {
        await condition.wait();
      } catch (error) {
        print(show(error), state(condition), currentTask()!.cancelling());
        throw error;
      }
    });
  });

  for (const notified of [false, true]) {
    const task = createTask(worker());
    await sleep(0);
    await condition.acquire();
    if (notified) condition.notify();
    else task.cancel("first");
    for (const message of ["second", "third"]) {
      await sleep(0);
      task.cancel(message);
      print(task.done(), state(condition));
    }
    await sleep(0);
    condition.release();
    await wait([task]);
    print(task.cancelled(), state(condition));
  }
}
