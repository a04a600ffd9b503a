// Fact 114: the first, the middle or the last of those that wait is cancelled; the others keep their order.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, Lock, sleep, wait } from "asyncio-ts";
import { type Print, state } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  for (const victim of [0, 2, 4]) {
    const lock = new Lock();
    const order: string[] = [];

    const worker = coroutine(function* (name: string) {
      yield* lock.runExclusive(function* () {
        order.push(name);
        yield* sleep(0);
      });
    });

    yield* lock.acquire();
    const tasks = [..."abcde"].map((name) => createTask(worker(name)));
    yield* sleep(0);
    tasks[victim]!.cancel();
    print(state(lock));
    yield* sleep(0);
    print(state(lock));
    lock.release();
    yield* wait(tasks);
    print(order, state(lock));
  }
}

export async function native(print: Print): Promise<void> {
  for (const victim of [0, 2, 4]) {
    const lock = new Lock();
    const order: string[] = [];

    const worker = coroutine(async (name: string) => {
      await lock.runExclusive(async () => {
        order.push(name);
        await sleep(0);
      });
    });

    await lock.acquire();
    const tasks = [..."abcde"].map((name) => createTask(worker(name)));
    await sleep(0);
    tasks[victim]!.cancel();
    print(state(lock));
    await sleep(0);
    print(state(lock));
    lock.release();
    await wait(tasks);
    print(order, state(lock));
  }
}
