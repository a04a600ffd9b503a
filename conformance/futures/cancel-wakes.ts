// Tick table: cancel() of a future at k throws CancelledError, with the message, into its waiters at k+1.

import type { CoroutineGenerator, Future, Task } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, show, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const waiter = coroutine(function* (name: string, future: Future<void>, tick: () => number) {
    try {
      yield* future;
    } catch (error) {
      print(name, show(error), "in", tick());
      return "caught";
    }
    return "not caught";
  });

  const loop = getRunningLoop();
  const future = loop.createFuture<void>();
  const tick = ticks(loop);
  const [a, b] = ["a", "b"].map((name) => createTask(waiter(name, future, tick))) as [Task<string>, Task<string>];
  yield* sleep(0);
  future.addDoneCallback((f) => print("callback", f.cancelled(), "in", tick()));
  print(future.cancel("stop"), future.cancel("twice"), "in", tick());
  print([yield* a, yield* b], a.cancelled(), "in", tick());
}

export async function native(print: Print): Promise<void> {
  const waiter = coroutine(async (name: string, future: Future<void>, tick: () => number) => {
    try {
      await future;
    } catch (error) {
      print(name, show(error), "in", tick());
      return "caught";
    }
    return "not caught";
  });

  const loop = getRunningLoop();
  const future = loop.createFuture<void>();
  const tick = ticks(loop);
  const [a, b] = ["a", "b"].map((name) => createTask(waiter(name, future, tick))) as [Task<string>, Task<string>];
  await sleep(0);
  future.addDoneCallback((f) => print("callback", f.cancelled(), "in", tick()));
  print(future.cancel("stop"), future.cancel("twice"), "in", tick());
  print([await a, await b], a.cancelled(), "in", tick());
}
