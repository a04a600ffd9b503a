// Fact 41: every cancel() counts, uncancel() never goes below zero.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, currentTask, sleep } from "asyncio-ts";
import type { Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const work = coroutine(function* () {
    for (let round = 0; round < 2; round += 1) {
      try {
        yield* sleep(10);
      } catch {
        print("caught at", currentTask()!.cancelling());
      }
    }
    return "done";
  });

  const task = createTask(work());
  yield* sleep(0);
  print(task.cancelling(), task.uncancel(), task.cancelling());
  print(task.cancel(), task.cancel(), task.cancel(), task.cancelling());
  yield* sleep(0);
  print(task.uncancel(), task.cancelling(), task.done());
  task.cancel();
  print(yield* task, task.cancelling(), task.cancel(), task.cancelling());
  print([1, 2, 3, 4, 5].map(() => task.uncancel()));
}

export async function native(print: Print): Promise<void> {
  const work = coroutine(async () => {
    for (let round = 0; round < 2; round += 1) {
      try {
        await sleep(10);
      } catch {
        print("caught at", currentTask()!.cancelling());
      }
    }
    return "done";
  });

  const task = createTask(work());
  await sleep(0);
  print(task.cancelling(), task.uncancel(), task.cancelling());
  print(task.cancel(), task.cancel(), task.cancel(), task.cancelling());
  await sleep(0);
  print(task.uncancel(), task.cancelling(), task.done());
  task.cancel();
  print(await task, task.cancelling(), task.cancel(), task.cancelling());
  print([1, 2, 3, 4, 5].map(() => task.uncancel()));
}
