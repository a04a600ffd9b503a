// Fact 2.4: a task that yields what is not a future gets a RuntimeError, and may go on.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, sleep } from "asyncio-ts";
import type { Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  function* bad(): CoroutineGenerator<void> {
    yield 5 as never;
  }

  const work = coroutine(function* () {
    try {
      yield* bad();
    } catch (error) {
      print((error as Error).message.slice(0, 18), (error as Error).message.slice(-1));
    }
    yield* sleep(0);
    return "went on";
  });

  print(yield* createTask(work()));
}
