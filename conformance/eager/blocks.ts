// Fact 60: an eager task runs to its first suspension and is a normal task from there on.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const work = coroutine(function* (name: string, tick: () => number) {
    print(name, "starts in", tick());
    yield* sleep(0);
    print(name, "goes on in", tick());
    return name;
  });

  const tick = ticks(getRunningLoop());
  yield* sleep(0);
  const lazy = createTask(work("lazy", tick));
  const eager = createTask(work("eager", tick), { eagerStart: true });
  print("created in", tick(), lazy.done(), eager.done());
  print(yield* lazy, yield* eager, "in", tick());
}
