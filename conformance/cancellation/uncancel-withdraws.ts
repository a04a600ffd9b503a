// Fact 42: uncancel() down to zero before the delivery withdraws a cancellation that is still pending.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, currentTask, sleep } from "asyncio-ts";
import type { Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const work = coroutine(function* (rounds: number) {
    const task = currentTask()!;
    for (let round = 0; round < rounds; round += 1) task.cancel();
    print("pending", task.cancelling());
    task.uncancel();
    try {
      yield* sleep(0);
      print("not delivered", task.cancelling());
    } catch {
      print("delivered", task.cancelling());
    }
    return 42;
  });

  const unstarted = coroutine(function* () {
    print("starts", currentTask()!.cancelling());
  });

  print(yield* createTask(work(1)));
  print(yield* createTask(work(2)));
  const task = createTask(unstarted());
  task.cancel();
  task.uncancel();
  yield* task;
}

export async function native(print: Print): Promise<void> {
  const work = coroutine(async (rounds: number) => {
    const task = currentTask()!;
    for (let round = 0; round < rounds; round += 1) task.cancel();
    print("pending", task.cancelling());
    task.uncancel();
    try {
      await sleep(0);
      print("not delivered", task.cancelling());
    } catch {
      print("delivered", task.cancelling());
    }
    return 42;
  });

  const unstarted = coroutine(async () => {
    print("starts", currentTask()!.cancelling());
  });

  print(await createTask(work(1)));
  print(await createTask(work(2)));
  const task = createTask(unstarted());
  task.cancel();
  task.uncancel();
  await task;
}
