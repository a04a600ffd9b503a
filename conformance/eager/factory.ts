// Fact 65: with the eager factory every task starts at once, unless it says otherwise.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, eagerTaskFactory, getRunningLoop, taskGroup } from "asyncio-ts";
import type { Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const work = coroutine(function* (name: string) {
    print(name, "runs");
  });

  const loop = getRunningLoop();
  print(loop.getTaskFactory());
  loop.setTaskFactory(eagerTaskFactory);
  print(loop.getTaskFactory() === eagerTaskFactory);
  const a = createTask(work("a"));
  const b = createTask(work("b"), { eagerStart: false });
  print(a.done(), b.done());
  yield* b;
  yield* taskGroup(function* (tg) {
    const c = tg.createTask(work("c"));
    print(c.done());
  });
  loop.setTaskFactory(null);
  const d = createTask(work("d"));
  print(d.done());
  yield* d;
}
