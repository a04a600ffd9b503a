// Fact 67: an eager child that fails inside create_task() does not cancel the group before create_task() returns.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, currentTask, sleep, taskGroup } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const fail = coroutine(function* () {
    throw new RangeError("at once");
  });

  try {
    yield* taskGroup(function* (tg) {
      const task = tg.createTask(fail(), { eagerStart: true });
      print("create_task returned", task.done());
      try {
        yield* sleep(1);
        print("not reached");
      } catch (error) {
        print("then the body is cancelled");
        throw error;
      }
    });
  } catch (error) {
    print(show(error), currentTask()!.cancelling());
  }
}
