// Fact 70: what wait() refuses.

import type { Coroutine, CoroutineGenerator } from "asyncio-ts";
import { createTask, sleep, wait } from "asyncio-ts";
import { kind, type Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const task = createTask(sleep(0, "fine"));
  const calls: [string, () => Coroutine<unknown>][] = [
    ["empty:", () => wait([])],
    ["a future:", () => wait(task as never)],
    ["return_when:", () => wait([task], { returnWhen: "whenever" as never })],
  ];
  for (const [label, call] of calls) {
    try {
      yield* call();
      print(label, "worked");
    } catch (error) {
      print(label, kind(error));
    }
  }
  print(yield* task);
}

export async function native(print: Print): Promise<void> {
  const task = createTask(sleep(0, "fine"));
  const calls: [string, () => Coroutine<unknown>][] = [
    ["empty:", () => wait([])],
    ["a future:", () => wait(task as never)],
    ["return_when:", () => wait([task], { returnWhen: "whenever" as never })],
  ];
  for (const [label, call] of calls) {
    try {
      await call();
      print(label, "worked");
    } catch (error) {
      print(label, kind(error));
    }
  }
  print(await task);
}
