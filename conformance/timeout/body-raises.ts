// Fact 97: a body that raises something else while it expires: that error wins, and the count is back to zero.

import type { CoroutineGenerator, Timeout } from "asyncio-ts";
import { currentTask, getRunningLoop, sleep, timeout } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  for (const how of ["raises", "swallows", "swallows and awaits"]) {
    let t: Timeout | undefined;
    let outcome = "no error";
    try {
      yield* timeout(1, function* (inner) {
        t = inner;
        try {
          yield* sleep(10);
        } catch {
          if (how === "raises") throw new RangeError("instead");
          if (how === "swallows and awaits") yield* sleep(1);
        }
      });
    } catch (error) {
      outcome = show(error);
    }
    print(how, outcome, t?.expired(), currentTask()!.cancelling(), getRunningLoop().time());
  }
}

export async function native(print: Print): Promise<void> {
  for (const how of ["raises", "swallows", "swallows and awaits"]) {
    let t: Timeout | undefined;
    let outcome = "no error";
    try {
      await timeout(1, async (inner) => {
        t = inner;
        try {
          await sleep(10);
        } catch {
          if (how === "raises") throw new RangeError("instead");
          if (how === "swallows and awaits") await sleep(1);
        }
      });
    } catch (error) {
      outcome = show(error);
    }
    print(how, outcome, t?.expired(), currentTask()!.cancelling(), getRunningLoop().time());
  }
}
