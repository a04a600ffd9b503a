// Fact 120: a waiter is cancelled together with the release, and a newcomer asks meanwhile; it does not hang.

import type { CoroutineGenerator, Task } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, Semaphore, sleep, wait, waitFor } from "asyncio-ts";
import { type Print, state, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const tick = ticks(getRunningLoop());
  const semaphore = new Semaphore(1);

  const first = coroutine(function* () {
    yield* semaphore.acquire();
    print("first in", tick());
    yield* sleep(0);
    task.cancel();
    yield* sleep(0);
    semaphore.release();
  });

  const second = coroutine(function* () {
    yield* semaphore.acquire();
    print("never");
  });

  const holder = createTask(first());
  const task: Task<void> = createTask(second());
  yield* wait([holder, task]);
  print(task.cancelled(), state(semaphore));
  print(Boolean(yield* waitFor(semaphore.acquire(), 1)), state(semaphore));
}

export async function native(print: Print): Promise<void> {
  const tick = ticks(getRunningLoop());
  const semaphore = new Semaphore(1);

  const first = coroutine(async () => {
    await semaphore.acquire();
    print("first in", tick());
    await sleep(0);
    task.cancel();
    await sleep(0);
    semaphore.release();
  });

  const second = coroutine(async () => {
    await semaphore.acquire();
    print("never");
  });

  const holder = createTask(first());
  const task: Task<void> = createTask(second());
  await wait([holder, task]);
  print(task.cancelled(), state(semaphore));
  print(Boolean(await waitFor(semaphore.acquire(), 1)), state(semaphore));
}
