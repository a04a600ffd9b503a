// Tick table: a timer that resolves a future wakes the task one iteration later, at the same time of the clock.

import type { CoroutineGenerator, Future } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop } from "asyncio-ts";
import type { Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const waiter = coroutine(function* (name: string, future: Future<string>) {
    print(name, yield* future, loop.time());
    loop.callSoon(print, name, "scheduled");
  });

  const loop = getRunningLoop();
  const first = loop.createFuture<string>();
  const second = loop.createFuture<string>();
  loop.callLater(1, () => first.setResult("one"));
  loop.callLater(1, print, "after the first timer");
  loop.callLater(1.5, () => second.setResult("two"));
  const tasks = [createTask(waiter("x", second)), createTask(waiter("y", first))];
  print(yield* first, "main", loop.time());
  print(yield* second, "main", loop.time());
  print(tasks.map((task) => task.done()));
}

export async function native(print: Print): Promise<void> {
  const waiter = coroutine(async (name: string, future: Future<string>) => {
    print(name, await future, loop.time());
    loop.callSoon(print, name, "scheduled");
  });

  const loop = getRunningLoop();
  const first = loop.createFuture<string>();
  const second = loop.createFuture<string>();
  loop.callLater(1, () => first.setResult("one"));
  loop.callLater(1, print, "after the first timer");
  loop.callLater(1.5, () => second.setResult("two"));
  const tasks = [createTask(waiter("x", second)), createTask(waiter("y", first))];
  print(await first, "main", loop.time());
  print(await second, "main", loop.time());
  print(tasks.map((task) => task.done()));
}
