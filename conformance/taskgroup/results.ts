// A group waits for its children, those that a child adds while it is exiting included; the last end at k, out at
// k+2.

import type { CoroutineGenerator, TaskGroup } from "asyncio-ts";
import { coroutine, getRunningLoop, sleep, taskGroup } from "asyncio-ts";
import { type Print, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const child = coroutine(function* (group: TaskGroup, depth: number, tick: () => number): CoroutineGenerator<number> {
    yield* sleep(0);
    print("child", depth, "in", tick());
    if (depth) group.createTask(child(group, depth - 1, tick));
    return depth;
  });

  const tick = ticks(getRunningLoop());
  const [a, b] = yield* taskGroup(function* (group) {
    const first = group.createTask(child(group, 0, tick), { name: "a" });
    const second = group.createTask(child(group, 2, tick));
    print("body ends in", tick(), first.getName());
    return [first, second] as const;
  });
  print("out in", tick(), a.result(), b.result());
  yield* taskGroup(function* () {});
  print("an empty group takes no turn", tick());
  yield* taskGroup(function* (group) {
    const c = group.createTask(child(group, 0, tick));
    print(yield* c, "in", tick());
  });
  print("out in", tick());
}

export async function native(print: Print): Promise<void> {
  const child = coroutine(async (group: TaskGroup, depth: number, tick: () => number): Promise<number> => {
    await sleep(0);
    print("child", depth, "in", tick());
    if (depth) group.createTask(child(group, depth - 1, tick));
    return depth;
  });

  const tick = ticks(getRunningLoop());
  const [a, b] = await taskGroup(async (group) => {
    const first = group.createTask(child(group, 0, tick), { name: "a" });
    const second = group.createTask(child(group, 2, tick));
    print("body ends in", tick(), first.getName());
    return [first, second] as const;
  });
  print("out in", tick(), a.result(), b.result());
  await taskGroup(async () => {});
  print("an empty group takes no turn", tick());
  await taskGroup(async (group) => {
    const c = group.createTask(child(group, 0, tick));
    print(await c, "in", tick());
  });
  print("out in", tick());
}
