// Fact 63: an eager task has a copy of the context, too, or the one it was given.

import type { CoroutineGenerator } from "asyncio-ts";
import { ContextVar, copyContext, coroutine, createTask, sleep } from "asyncio-ts";
import type { Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const variable = new ContextVar("variable", { default: "none" });

  const work = coroutine(function* (value: string, block: boolean) {
    print("task sees", variable.get());
    variable.set(value);
    if (block) {
      yield* sleep(0);
      print("task still sees", variable.get());
    }
  });

  variable.set("main");
  for (const block of [false, true]) {
    const task = createTask(work("task", block), { eagerStart: true });
    print("main sees", variable.get());
    yield* task;
    print("main sees", variable.get());
  }
  const shared = copyContext();
  yield* createTask(work("shared", false), { context: shared, eagerStart: true });
  print(variable.get(), shared.get(variable));
}
