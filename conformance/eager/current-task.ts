// Facts 61, 62, 66: during its eager step a task is the current one, is among all tasks and knows its name.

import type { CoroutineGenerator } from "asyncio-ts";
import { allTasks, coroutine, createTask, currentTask, sleep } from "asyncio-ts";
import type { Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const here = (): string[] => {
    const names = [...allTasks()].map((task) => task.getName()).sort();
    return [currentTask()!.getName(), ...names];
  };

  const inner = coroutine(function* () {
    print("inner", here());
  });

  const outer = coroutine(function* (block: boolean) {
    print("outer", here());
    createTask(inner(), { name: "inner", eagerStart: true });
    print("outer", here());
    if (block) {
      yield* sleep(0);
      print("outer later", here());
    }
  });

  currentTask()!.setName("main");
  for (const block of [false, true]) {
    const task = createTask(outer(block), { name: "outer", eagerStart: true });
    print("main", here(), task.done());
    yield* task;
  }
}
