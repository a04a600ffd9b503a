// Fact 34: a task that catches the cancellation and returns has a normal result.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const work = coroutine(function* () {
    try {
      yield* sleep(10);
    } catch (error) {
      return `caught ${show(error)}`;
    }
    return "not caught";
  });

  const task = createTask(work());
  yield* sleep(1);
  task.cancel("enough");
  print(yield* task, task.cancelled(), task.cancelling(), getRunningLoop().time());
}

export async function native(print: Print): Promise<void> {
  const work = coroutine(async () => {
    try {
      await sleep(10);
    } catch (error) {
      return `caught ${show(error)}`;
    }
    return "not caught";
  });

  const task = createTask(work());
  await sleep(1);
  task.cancel("enough");
  print(await task, task.cancelled(), task.cancelling(), getRunningLoop().time());
}
