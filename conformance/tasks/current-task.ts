// Fact 49: current_task() is right in every step, through interleavings and nested awaits, and None in callbacks.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, currentTask, getRunningLoop, sleep } from "asyncio-ts";
import type { Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const name = (): string | null => currentTask()?.getName() ?? null;

  function* nested(depth: number): CoroutineGenerator<string | null> {
    if (depth) return yield* nested(depth - 1);
    yield* sleep(0);
    return name();
  }

  const work = coroutine(function* (label: string) {
    for (const depth of [0, 1, 5]) {
      print(label, "runs as", name(), "and deeper as", yield* nested(depth));
    }
  });

  const loop = getRunningLoop();
  const mainTask = currentTask()!;
  mainTask.setName("main");
  const a = createTask(work("a"), { name: "task a" });
  const b = createTask(work("b"), { name: "task b" });
  a.addDoneCallback(() => print("done callback", name()));
  loop.callSoon(() => print("callback", name()));
  yield* a;
  yield* b;
  print(name(), currentTask() === mainTask);
}

export async function native(print: Print): Promise<void> {
  const name = (): string | null => currentTask()?.getName() ?? null;

  async function nested(depth: number): Promise<string | null> {
    if (depth) return await nested(depth - 1);
    await sleep(0);
    return name();
  }

  const work = coroutine(async (label: string) => {
    for (const depth of [0, 1, 5]) {
      print(label, "runs as", name(), "and deeper as", await nested(depth));
    }
  });

  const loop = getRunningLoop();
  const mainTask = currentTask()!;
  mainTask.setName("main");
  const a = createTask(work("a"), { name: "task a" });
  const b = createTask(work("b"), { name: "task b" });
  a.addDoneCallback(() => print("done callback", name()));
  loop.callSoon(() => print("callback", name()));
  await a;
  await b;
  print(name(), currentTask() === mainTask);
}
