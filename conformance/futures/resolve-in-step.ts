// A step that resolves several futures wakes their waiters in the order of the calls, and finishes first.

import type { CoroutineGenerator, Future } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, sleep } from "asyncio-ts";
import type { Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const waiter = coroutine(function* (name: string, future: Future<number>) {
    print(name, yield* future);
  });

  const loop = getRunningLoop();
  const futures = { a: loop.createFuture<number>(), b: loop.createFuture<number>(), c: loop.createFuture<number>() };
  const tasks = (["a", "b", "c"] as const).map((name) => createTask(waiter(name, futures[name])));
  yield* sleep(0);
  futures.c.setResult(1);
  loop.callSoon(print, "callback");
  futures.a.setResult(2);
  futures.b.setResult(3);
  print("step ends");
  yield* sleep(0);
  print(
    "main again",
    tasks.map((task) => task.done()),
  );
}

export async function native(print: Print): Promise<void> {
  const waiter = coroutine(async (name: string, future: Future<number>) => {
    print(name, await future);
  });

  const loop = getRunningLoop();
  const futures = { a: loop.createFuture<number>(), b: loop.createFuture<number>(), c: loop.createFuture<number>() };
  const tasks = (["a", "b", "c"] as const).map((name) => createTask(waiter(name, futures[name])));
  await sleep(0);
  futures.c.setResult(1);
  loop.callSoon(print, "callback");
  futures.a.setResult(2);
  futures.b.setResult(3);
  print("step ends");
  await sleep(0);
  print(
    "main again",
    tasks.map((task) => task.done()),
  );
}
