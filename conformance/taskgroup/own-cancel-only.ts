// Facts 105, 109: a group takes back only its own cancellation; one that was swallowed before it comes back after it.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, currentTask, sleep, taskGroup } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const fail = coroutine(function* () {
    throw new RangeError("child");
  });

  const work = coroutine(function* (swallowed: number) {
    const task = currentTask()!;
    for (let round = 0; round < swallowed; round += 1) {
      task.cancel();
      try {
        yield* sleep(0);
      } catch {
        // Swallowed on purpose: the count stays.
      }
    }
    print("before", task.cancelling());
    try {
      yield* taskGroup(function* (group) {
        group.createTask(fail());
        yield* sleep(10);
      });
    } catch (error) {
      print(show(error), task.cancelling());
    }
    try {
      yield* sleep(0);
      return "not cancelled again";
    } catch {
      return "cancelled again";
    }
  });

  for (const swallowed of [0, 1, 2]) print(yield* createTask(work(swallowed)));
}

export async function native(print: Print): Promise<void> {
  const fail = coroutine(async () => {
    throw new RangeError("child");
  });

  const work = coroutine(async (swallowed: number) => {
    const task = currentTask()!;
    for (let round = 0; round < swallowed; round += 1) {
      task.cancel();
      try {
        await sleep(0);
      } catch {
        // Swallowed on purpose: the count stays.
      }
    }
    print("before", task.cancelling());
    try {
      await taskGroup(async (group) => {
        group.createTask(fail());
        await sleep(10);
      });
    } catch (error) {
      print(show(error), task.cancelling());
    }
    try {
      await sleep(0);
      return "not cancelled again";
    } catch {
      return "cancelled again";
    }
  });

  for (const swallowed of [0, 1, 2]) print(await createTask(work(swallowed)));
}
