// Fact 101: a timeout works only inside a task.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, getRunningLoop, sleep, timeout } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const use = coroutine(function* () {
    yield* timeout(1, function* () {
      print("not reached");
    });
  });

  const loop = getRunningLoop();

  const byHand = (): void => {
    try {
      use().send(undefined);
    } catch (error) {
      print(show(error));
    }
  };

  loop.callSoon(byHand);
  yield* sleep(0);
}
