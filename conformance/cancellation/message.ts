// Fact 26: the message travels with the cancellation, through futures, tasks and shields.

import type { CoroutineGenerator, Future } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, shield, sleep } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const parent = coroutine(function* (awaited: Future<void>) {
    yield* awaited;
  });

  const loop = getRunningLoop();
  for (const message of ["stop now", "", null]) {
    for (const what of ["future", "task", "shield"]) {
      const awaited = what === "future" ? loop.createFuture<void>() : createTask(sleep(10));
      const outer = createTask(parent(what === "shield" ? shield(awaited) : awaited));
      yield* sleep(0);
      yield* sleep(0);
      if (message !== null) outer.cancel(message);
      else outer.cancel();
      try {
        yield* outer;
      } catch (error) {
        print(what, show(error), awaited.cancelled(), outer.cancelled());
      }
      awaited.cancel();
    }
  }
}

export async function native(print: Print): Promise<void> {
  const parent = coroutine(async (awaited: Future<void>) => {
    await awaited;
  });

  const loop = getRunningLoop();
  for (const message of ["stop now", "", null]) {
    for (const what of ["future", "task", "shield"]) {
      const awaited = what === "future" ? loop.createFuture<void>() : createTask(sleep(10));
      const outer = createTask(parent(what === "shield" ? shield(awaited) : awaited));
      await sleep(0);
      await sleep(0);
      if (message !== null) outer.cancel(message);
      else outer.cancel();
      try {
        await outer;
      } catch (error) {
        print(what, show(error), awaited.cancelled(), outer.cancelled());
      }
      awaited.cancel();
    }
  }
}
