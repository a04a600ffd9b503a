// Fact 94: of nested timeouts with the same deadline only the outermost converts the cancellation; all are expired.

import type { CoroutineGenerator, Timeout } from "asyncio-ts";
import { currentTask, getRunningLoop, sleep, timeoutAt } from "asyncio-ts";
import { kind, type Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const loop = getRunningLoop();
  const timeouts: Timeout[] = [];
  try {
    yield* timeoutAt(1, function* (outer) {
      timeouts.push(outer);
      try {
        yield* timeoutAt(1, function* (inner) {
          timeouts.push(inner);
          yield* sleep(10);
        });
      } catch (error) {
        print("inner", kind(error), currentTask()!.cancelling());
        throw error;
      }
    });
  } catch (error) {
    print("outer", kind(error), currentTask()!.cancelling());
  }
  print(
    timeouts.map((one) => one.expired()),
    loop.time(),
  );
}

export async function native(print: Print): Promise<void> {
  const loop = getRunningLoop();
  const timeouts: Timeout[] = [];
  try {
    await timeoutAt(1, async (outer) => {
      timeouts.push(outer);
      try {
        await timeoutAt(1, async (inner) => {
          timeouts.push(inner);
          await sleep(10);
        });
      } catch (error) {
        print("inner", kind(error), currentTask()!.cancelling());
        throw error;
      }
    });
  } catch (error) {
    print("outer", kind(error), currentTask()!.cancelling());
  }
  print(
    timeouts.map((one) => one.expired()),
    loop.time(),
  );
}
