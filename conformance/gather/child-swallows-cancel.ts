// Children that swallow the cancellation of their gather: it is cancelled all the same, at the latest when all have
// ended.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, gather, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const child = coroutine(function* (name: string, swallow: boolean) {
    try {
      yield* sleep(10);
    } catch (error) {
      if (!swallow) throw error;
    }
    yield* sleep(1);
    print(name, "returns");
    return name;
  });

  const parent = coroutine(function* () {
    return yield* gather(child("a", false), child("b", true));
  });

  const allSwallow = coroutine(function* () {
    return yield* gather(child("c", true), child("d", true));
  });

  for (const coro of [parent(), allSwallow()]) {
    const task = createTask(coro);
    yield* sleep(1);
    task.cancel();
    try {
      print(yield* task);
    } catch (error) {
      print(show(error), task.cancelled(), getRunningLoop().time());
    }
    yield* sleep(5);
  }
}

export async function native(print: Print): Promise<void> {
  const child = coroutine(async (name: string, swallow: boolean) => {
    try {
      await sleep(10);
    } catch (error) {
      if (!swallow) throw error;
    }
    await sleep(1);
    print(name, "returns");
    return name;
  });

  const parent = coroutine(async () => {
    return await gather(child("a", false), child("b", true));
  });

  const allSwallow = coroutine(async () => {
    return await gather(child("c", true), child("d", true));
  });

  for (const coro of [parent(), allSwallow()]) {
    const task = createTask(coro);
    await sleep(1);
    task.cancel();
    try {
      print(await task);
    } catch (error) {
      print(show(error), task.cancelled(), getRunningLoop().time());
    }
    await sleep(5);
  }
}
