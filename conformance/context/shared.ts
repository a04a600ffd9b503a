// Fact 50: a context that is given explicitly is used as it is, and can be shared by tasks.

import type { CoroutineGenerator } from "asyncio-ts";
import { ContextVar, copyContext, coroutine, createTask, sleep } from "asyncio-ts";
import type { Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const variable = new ContextVar("variable", { default: "default" });

  const work = coroutine(function* (name: string) {
    for (let round = 0; round < 2; round += 1) {
      print(name, "sees", variable.get());
      variable.set(name);
      yield* sleep(0);
    }
  });

  variable.set("main");
  const shared = copyContext();
  const a = createTask(work("a"), { context: shared });
  const b = createTask(work("b"), { context: shared });
  yield* a;
  yield* b;
  print(variable.get(), shared.get(variable), a.getContext() === shared);
}

export async function native(print: Print): Promise<void> {
  const variable = new ContextVar("variable", { default: "default" });

  const work = coroutine(async (name: string) => {
    for (let round = 0; round < 2; round += 1) {
      print(name, "sees", variable.get());
      variable.set(name);
      await sleep(0);
    }
  });

  variable.set("main");
  const shared = copyContext();
  const a = createTask(work("a"), { context: shared });
  const b = createTask(work("b"), { context: shared });
  await a;
  await b;
  print(variable.get(), shared.get(variable), a.getContext() === shared);
}
