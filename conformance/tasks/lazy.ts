// Facts 31, 55: calling a coroutine function runs nothing; awaiting it runs it at once, a task in the next iteration.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask } from "asyncio-ts";
import type { Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const work = coroutine(function* (name: string) {
    print(name, "runs");
    return name;
  });

  const direct = work("direct");
  const asTask = work("as a task");
  const closed = work("closed");
  print("called");
  const task = createTask(asTask);
  print("task made");
  print("awaited", yield* direct);
  closed.close();
  closed.close();
  print(yield* task);
}

export async function native(print: Print): Promise<void> {
  const work = coroutine(async (name: string) => {
    print(name, "runs");
    return name;
  });

  const direct = work("direct");
  const asTask = work("as a task");
  const closed = work("closed");
  print("called");
  const task = createTask(asTask);
  print("task made");
  print("awaited", await direct);
  closed.close();
  closed.close();
  print(await task);
}
