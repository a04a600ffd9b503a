// Fact 50: children of gather(), wait_for(), shield() and task groups inherit the values of the moment they were
// made.

import type { CoroutineGenerator } from "asyncio-ts";
import { ContextVar, coroutine, gather, shield, sleep, taskGroup, waitFor } from "asyncio-ts";
import type { Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const variable = new ContextVar("variable", { default: "default" });

  const child = coroutine(function* (label: string) {
    print(label, "sees", variable.get());
    variable.set(label);
    yield* sleep(0);
    return variable.get();
  });

  variable.set("main");
  print(yield* gather(child("a"), child("b")), variable.get());
  print(yield* shield(child("shielded")), variable.get());
  const task = yield* taskGroup(function* (group) {
    variable.set("body");
    return [group.createTask(child("in the group"))] as const;
  });
  print(task[0].result(), variable.get());
  print(yield* waitFor(child("awaited inline"), 5), variable.get());
  print(yield* child("awaited"), variable.get());
}

export async function native(print: Print): Promise<void> {
  const variable = new ContextVar("variable", { default: "default" });

  const child = coroutine(async (label: string) => {
    print(label, "sees", variable.get());
    variable.set(label);
    await sleep(0);
    return variable.get();
  });

  variable.set("main");
  print(await gather(child("a"), child("b")), variable.get());
  print(await shield(child("shielded")), variable.get());
  const task = await taskGroup(async (group) => {
    variable.set("body");
    return [group.createTask(child("in the group"))] as const;
  });
  print(task[0].result(), variable.get());
  print(await waitFor(child("awaited inline"), 5), variable.get());
  print(await child("awaited"), variable.get());
}
