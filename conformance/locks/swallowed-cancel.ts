// A waiter that is cancelled, catches it and asks again is at the end of the queue.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, gather, Lock, sleep } from "asyncio-ts";
import { type Print, show, state } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const lock = new Lock();

  const worker = coroutine(function* (name: string) {
    for (;;) {
      try {
        yield* lock.acquire();
        break;
      } catch (error) {
        print(name, show(error));
      }
    }
    print(name, "has it");
    lock.release();
  });

  yield* lock.acquire();
  const tasks = [..."abc"].map((name) => createTask(worker(name)));
  yield* sleep(0);
  tasks[0]!.cancel("once");
  yield* sleep(0);
  tasks[1]!.cancel("and this");
  lock.release();
  yield* gather(tasks);
  print(
    state(lock),
    tasks.map((task) => task.cancelling()),
  );
}

export async function native(print: Print): Promise<void> {
  const lock = new Lock();

  const worker = coroutine(async (name: string) => {
    for (;;) {
      try {
        await lock.acquire();
        break;
      } catch (error) {
        print(name, show(error));
      }
    }
    print(name, "has it");
    lock.release();
  });

  await lock.acquire();
  const tasks = [..."abc"].map((name) => createTask(worker(name)));
  await sleep(0);
  tasks[0]!.cancel("once");
  await sleep(0);
  tasks[1]!.cancel("and this");
  lock.release();
  await gather(tasks);
  print(
    state(lock),
    tasks.map((task) => task.cancelling()),
  );
}
