// Fact 50: a task works on a copy of the context, taken at its creation; what it sets does not leak out.

import type { CoroutineGenerator } from "asyncio-ts";
import { ContextVar, coroutine, createTask, sleep } from "asyncio-ts";
import type { Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const variable = new ContextVar("variable", { default: "default" });

  function* helper(): CoroutineGenerator<void> {
    variable.set("helper");
  }

  const work = coroutine(function* (name: string) {
    print(name, "starts with", variable.get());
    variable.set(name);
    yield* sleep(0);
    print(name, "has", variable.get());
    yield* helper();
    print(name, "after its helper", variable.get());
  });

  variable.set("main");
  const a = createTask(work("a"));
  variable.set("main later");
  const b = createTask(work("b"));
  variable.set("main at last");
  yield* a;
  yield* b;
  print(variable.get(), a.getContext().get(variable), b.getContext().get(variable));
}

export async function native(print: Print): Promise<void> {
  const variable = new ContextVar("variable", { default: "default" });

  async function helper(): Promise<void> {
    variable.set("helper");
  }

  const work = coroutine(async (name: string) => {
    print(name, "starts with", variable.get());
    variable.set(name);
    await sleep(0);
    print(name, "has", variable.get());
    await helper();
    print(name, "after its helper", variable.get());
  });

  variable.set("main");
  const a = createTask(work("a"));
  variable.set("main later");
  const b = createTask(work("b"));
  variable.set("main at last");
  await a;
  await b;
  print(variable.get(), a.getContext().get(variable), b.getContext().get(variable));
}
