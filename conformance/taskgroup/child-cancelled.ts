// Fact 103: a child that is cancelled on its own does not disturb the group.

import type { CoroutineGenerator, Task } from "asyncio-ts";
import { coroutine, currentTask, getRunningLoop, sleep, taskGroup } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const child = coroutine(function* (delay: number) {
    yield* sleep(delay);
    return delay;
  });

  const tasks = [1, 2, 3];
  const children: Task<number>[] = [];
  yield* taskGroup(function* (group) {
    for (const delay of tasks) children.push(group.createTask(child(delay)));
    yield* sleep(0.5);
    children[1]!.cancel("only this one");
    try {
      yield* children[1]!;
    } catch (error) {
      print(show(error), currentTask()!.cancelling());
    }
  });
  print(
    children.map((task) => task.cancelled()),
    children[2]!.result(),
    getRunningLoop().time(),
  );
}

export async function native(print: Print): Promise<void> {
  const child = coroutine(async (delay: number) => {
    await sleep(delay);
    return delay;
  });

  const tasks = [1, 2, 3];
  const children: Task<number>[] = [];
  await taskGroup(async (group) => {
    for (const delay of tasks) children.push(group.createTask(child(delay)));
    await sleep(0.5);
    children[1]!.cancel("only this one");
    try {
      await children[1]!;
    } catch (error) {
      print(show(error), currentTask()!.cancelling());
    }
  });
  print(
    children.map((task) => task.cancelled()),
    children[2]!.result(),
    getRunningLoop().time(),
  );
}
