// Fact 91: cancelling the task that awaits a shield leaves the inner task running.

import type { CoroutineGenerator, Task } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, shield, sleep, wait } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const inner = coroutine(function* () {
    yield* sleep(3);
    print("inner done at", getRunningLoop().time());
    return "value";
  });

  const outer = coroutine(function* (task: Task<string>) {
    try {
      return yield* shield(task);
    } catch (error) {
      print("outer", show(error), task.cancelled(), task.cancelling());
      throw error;
    }
  });

  const task = createTask(inner());
  const waiting = createTask(outer(task));
  yield* sleep(1);
  waiting.cancel("stop");
  yield* wait([waiting]);
  print(waiting.cancelled(), task.done());
  const shielded = shield(task);
  print(shielded.cancel(), shielded.cancelled(), task.done());
  print(yield* task);
}

export async function native(print: Print): Promise<void> {
  const inner = coroutine(async () => {
    await sleep(3);
    print("inner done at", getRunningLoop().time());
    return "value";
  });

  const outer = coroutine(async (task: Task<string>) => {
    try {
      return await shield(task);
    } catch (error) {
      print("outer", show(error), task.cancelled(), task.cancelling());
      throw error;
    }
  });

  const task = createTask(inner());
  const waiting = createTask(outer(task));
  await sleep(1);
  waiting.cancel("stop");
  await wait([waiting]);
  print(waiting.cancelled(), task.done());
  const shielded = shield(task);
  print(shielded.cancel(), shielded.cancelled(), task.done());
  print(await task);
}
