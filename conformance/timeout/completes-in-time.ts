// The awaited future is set in the iteration of the deadline: the timeout wins, whichever of the two comes first.

import type { CoroutineGenerator, Timeout } from "asyncio-ts";
import { currentTask, getRunningLoop, timeoutAt } from "asyncio-ts";
import type { Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const loop = getRunningLoop();
  for (const order of ["value first", "deadline first"]) {
    const future = loop.createFuture<string>();
    const deadline = loop.time() + 1;
    const setValue = (): unknown => future.done() || future.setResult("value");
    let t: Timeout | undefined;
    if (order === "value first") loop.callAt(deadline, setValue);
    try {
      yield* timeoutAt(deadline, function* (inner) {
        t = inner;
        if (order === "deadline first") loop.callAt(deadline, setValue);
        print(order, yield* future);
      });
    } catch {
      print(order, "timed out", future.cancelled());
    }
    print(t?.expired(), currentTask()!.cancelling(), loop.time());
  }
}

export async function native(print: Print): Promise<void> {
  const loop = getRunningLoop();
  for (const order of ["value first", "deadline first"]) {
    const future = loop.createFuture<string>();
    const deadline = loop.time() + 1;
    const setValue = (): unknown => future.done() || future.setResult("value");
    let t: Timeout | undefined;
    if (order === "value first") loop.callAt(deadline, setValue);
    try {
      await timeoutAt(deadline, async (inner) => {
        t = inner;
        if (order === "deadline first") loop.callAt(deadline, setValue);
        print(order, await future);
      });
    } catch {
      print(order, "timed out", future.cancelled());
    }
    print(t?.expired(), currentTask()!.cancelling(), loop.time());
  }
}
