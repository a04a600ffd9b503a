// Fact 58: names are given, changed, or made up as Task-N.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, currentTask } from "asyncio-ts";
import type { Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const work = coroutine(function* () {
    return currentTask()!.getName();
  });

  const named = createTask(work(), { name: "worker" });
  const unnamed = createTask(work());
  print(named.getName(), unnamed.getName().slice(0, 5), /^\d+$/.test(unnamed.getName().slice(5)));
  print(unnamed.getName() === unnamed.getName(), unnamed.getName() !== currentTask()!.getName());
  unnamed.setName("renamed");
  print(yield* named, yield* unnamed);
  named.setName("after the end");
  print(named.getName());
}

export async function native(print: Print): Promise<void> {
  const work = coroutine(async () => {
    return currentTask()!.getName();
  });

  const named = createTask(work(), { name: "worker" });
  const unnamed = createTask(work());
  print(named.getName(), unnamed.getName().slice(0, 5), /^\d+$/.test(unnamed.getName().slice(5)));
  print(unnamed.getName() === unnamed.getName(), unnamed.getName() !== currentTask()!.getName());
  unnamed.setName("renamed");
  print(await named, await unnamed);
  named.setName("after the end");
  print(named.getName());
}
