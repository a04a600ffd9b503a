// Fact 81: the caller is cancelled in the tick in which the inner task finished: it still gets CancelledError.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, sleep, waitFor } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const inner = coroutine(function* () {
    yield* sleep(0);
    return "done";
  });

  const task = createTask(inner());
  const outer = createTask(waitFor(task, 10));
  yield* sleep(0);
  yield* sleep(0);
  print(task.done(), outer.done());
  outer.cancel("same tick");
  try {
    print(yield* outer);
  } catch (error) {
    print(show(error), outer.cancelled());
  }
  print(task.result(), getRunningLoop().time());
}

export async function native(print: Print): Promise<void> {
  const inner = coroutine(async () => {
    await sleep(0);
    return "done";
  });

  const task = createTask(inner());
  const outer = createTask(waitFor(task, 10));
  await sleep(0);
  await sleep(0);
  print(task.done(), outer.done());
  outer.cancel("same tick");
  try {
    print(await outer);
  } catch (error) {
    print(show(error), outer.cancelled());
  }
  print(task.result(), getRunningLoop().time());
}
