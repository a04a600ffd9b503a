// Fact 64: cancelling an eager task after it completed is a no-op; after it suspended, the message is delivered.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, currentTask, sleep, wait } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const work = coroutine(function* (block: boolean) {
    try {
      if (block) yield* sleep(10);
      return "done";
    } catch (error) {
      print("delivered", show(error));
      throw error;
    }
  });

  const cancelSelf = coroutine(function* () {
    currentTask()!.cancel("myself");
    return "value";
  });

  for (const block of [false, true]) {
    const task = createTask(work(block), { eagerStart: true });
    print(task.cancel("stop"), task.done());
    yield* wait([task]);
    print(task.cancelled());
  }
  const task = createTask(cancelSelf(), { eagerStart: true });
  print(task.done(), task.cancelled());
}
