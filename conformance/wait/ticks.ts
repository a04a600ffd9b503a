// Tick table: the last child ends at k, the waiter resumes at k+2 (wait_for: k+1); if it was done before, only wait()
// turns.

import type { Awaitable, CoroutineGenerator, Task } from "asyncio-ts";
import { coroutine, createTask, gather, getRunningLoop, shield, sleep, wait, waitFor } from "asyncio-ts";
import { type Print, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const child = coroutine(function* (tick: () => number) {
    yield* sleep(0);
    print("child ends in", tick());
    return 1;
  });

  const tick = ticks(getRunningLoop());
  const waits: [string, (task: Task<number>) => Awaitable<unknown>][] = [
    ["wait", (task) => wait([task])],
    ["gather", (task) => gather(task)],
    ["shield", (task) => shield(task)],
    ["wait_for", (task) => waitFor(task, null)],
  ];
  for (const [label, waiting] of waits) {
    const task = createTask(child(tick));
    yield* waiting(task);
    print(label, "returns in", tick());
    yield* waiting(task);
    print(label, "of a done task returns in", tick());
  }
}

export async function native(print: Print): Promise<void> {
  const child = coroutine(async (tick: () => number) => {
    await sleep(0);
    print("child ends in", tick());
    return 1;
  });

  const tick = ticks(getRunningLoop());
  const waits: [string, (task: Task<number>) => Awaitable<unknown>][] = [
    ["wait", (task) => wait([task])],
    ["gather", (task) => gather(task)],
    ["shield", (task) => shield(task)],
    ["wait_for", (task) => waitFor(task, null)],
  ];
  for (const [label, waiting] of waits) {
    const task = createTask(child(tick));
    await waiting(task);
    print(label, "returns in", tick());
    await waiting(task);
    print(label, "of a done task returns in", tick());
  }
}
