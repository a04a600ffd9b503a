// Fact 108: inner and outer children fail at once: the inner error is seen first, the outer cancellation is still
// pending.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, currentTask, sleep, taskGroup } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const fail = coroutine(function* (text: string) {
    throw new RangeError(text);
  });

  try {
    yield* taskGroup(function* (outer) {
      try {
        yield* taskGroup(function* (inner) {
          inner.createTask(fail("inner child"));
          outer.createTask(fail("outer child"));
        });
      } catch (error) {
        print("inner:", show(error), currentTask()!.cancelling());
        try {
          yield* sleep(1);
          print("not cancelled");
        } catch (cancelled) {
          print("cancelled by the outer group", currentTask()!.cancelling());
          throw cancelled;
        }
      }
    });
  } catch (error) {
    print("outer:", show(error), currentTask()!.cancelling());
  }
}

export async function native(print: Print): Promise<void> {
  const fail = coroutine(async (text: string) => {
    throw new RangeError(text);
  });

  try {
    await taskGroup(async (outer) => {
      try {
        await taskGroup(async (inner) => {
          inner.createTask(fail("inner child"));
          outer.createTask(fail("outer child"));
        });
      } catch (error) {
        print("inner:", show(error), currentTask()!.cancelling());
        try {
          await sleep(1);
          print("not cancelled");
        } catch (cancelled) {
          print("cancelled by the outer group", currentTask()!.cancelling());
          throw cancelled;
        }
      }
    });
  } catch (error) {
    print("outer:", show(error), currentTask()!.cancelling());
  }
}
