// A task in two gathers: cancelling one gather cancels the task, and so the other gather fails with CancelledError.

import type { CoroutineGenerator, Future } from "asyncio-ts";
import { coroutine, createTask, gather, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const child = coroutine(function* (delay: number) {
    yield* sleep(delay);
    return delay;
  });

  const shared = createTask(child(5));
  const own = createTask(child(3));
  const one = gather(shared);
  const two = gather(gather(shared, own), child(1));
  yield* sleep(2);
  one.cancel();
  const gathers: [string, Future<unknown>][] = [
    ["one", one as Future<unknown>],
    ["two", two as Future<unknown>],
  ];
  for (const [name, gathered] of gathers) {
    try {
      print(name, yield* gathered);
    } catch (error) {
      print(name, show(error), gathered.cancelled());
    }
  }
  print(shared.cancelled(), yield* own, getRunningLoop().time());
}

export async function native(print: Print): Promise<void> {
  const child = coroutine(async (delay: number) => {
    await sleep(delay);
    return delay;
  });

  const shared = createTask(child(5));
  const own = createTask(child(3));
  const one = gather(shared);
  const two = gather(gather(shared, own), child(1));
  await sleep(2);
  one.cancel();
  const gathers: [string, Future<unknown>][] = [
    ["one", one as Future<unknown>],
    ["two", two as Future<unknown>],
  ];
  for (const [name, gathered] of gathers) {
    try {
      print(name, await gathered);
    } catch (error) {
      print(name, show(error), gathered.cancelled());
    }
  }
  print(shared.cancelled(), await own, getRunningLoop().time());
}
