// Fact 83: wait_for() of a shielded task times out, and the task survives.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, shield, sleep, waitFor } from "asyncio-ts";
import { kind, type Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const work = coroutine(function* () {
    yield* sleep(3);
    return "survived";
  });

  const loop = getRunningLoop();
  const task = createTask(work());
  for (const delay of [1, 0]) {
    try {
      yield* waitFor(shield(task), delay);
    } catch (error) {
      print(kind(error), task.done(), loop.time());
    }
  }
  print(yield* waitFor(shield(task), 5), loop.time());
}

export async function native(print: Print): Promise<void> {
  const work = coroutine(async () => {
    await sleep(3);
    return "survived";
  });

  const loop = getRunningLoop();
  const task = createTask(work());
  for (const delay of [1, 0]) {
    try {
      await waitFor(shield(task), delay);
    } catch (error) {
      print(kind(error), task.done(), loop.time());
    }
  }
  print(await waitFor(shield(task), 5), loop.time());
}
