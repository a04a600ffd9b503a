// Fact 107: an error of the inner group nests as a group; an error of an outer child cancels the inner group
// unwrapped.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, currentTask, sleep, taskGroup } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const fail = coroutine(function* (delay: number, text: string) {
    yield* sleep(delay);
    throw new RangeError(text);
  });

  for (const [innerDelay, outerDelay] of [
    [1, 5],
    [5, 1],
  ] as const) {
    try {
      yield* taskGroup(function* (outer) {
        outer.createTask(fail(outerDelay, "outer child"));
        try {
          yield* taskGroup(function* (inner) {
            inner.createTask(fail(innerDelay, "inner child"));
          });
        } catch (error) {
          print("inner:", show(error), currentTask()!.cancelling());
          throw error;
        }
      });
    } catch (error) {
      print("outer:", show(error), currentTask()!.cancelling());
    }
  }
}

export async function native(print: Print): Promise<void> {
  const fail = coroutine(async (delay: number, text: string) => {
    await sleep(delay);
    throw new RangeError(text);
  });

  for (const [innerDelay, outerDelay] of [
    [1, 5],
    [5, 1],
  ] as const) {
    try {
      await taskGroup(async (outer) => {
        outer.createTask(fail(outerDelay, "outer child"));
        try {
          await taskGroup(async (inner) => {
            inner.createTask(fail(innerDelay, "inner child"));
          });
        } catch (error) {
          print("inner:", show(error), currentTask()!.cancelling());
          throw error;
        }
      });
    } catch (error) {
      print("outer:", show(error), currentTask()!.cancelling());
    }
  }
}
