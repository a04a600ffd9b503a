// Fact 122: abort and reset in one iteration, in both orders, while tasks wait.

import type { CoroutineGenerator } from "asyncio-ts";
import { Barrier, coroutine, createTask, gather, sleep } from "asyncio-ts";
import { type Print, show, state } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  for (const order of [
    ["abort", "reset"],
    ["reset", "abort"],
    ["reset", "reset"],
  ] as const) {
    const barrier = new Barrier(3);

    const worker = coroutine(function* (name: string) {
      try {
        print(name, yield* barrier.wait(), state(barrier));
      } catch (error) {
        print(name, show(error), state(barrier));
      }
    });

    const tasks = [..."ab"].map((name) => createTask(worker(name)));
    yield* sleep(0);
    for (const action of order) {
      yield* barrier[action]();
      print(action, state(barrier));
    }
    yield* gather(tasks);
    print(state(barrier), barrier.broken);
  }
}

export async function native(print: Print): Promise<void> {
  for (const order of [
    ["abort", "reset"],
    ["reset", "abort"],
    ["reset", "reset"],
  ] as const) {
    const barrier = new Barrier(3);

    const worker = coroutine(async (name: string) => {
      try {
        print(name, await barrier.wait(), state(barrier));
      } catch (error) {
        print(name, show(error), state(barrier));
      }
    });

    const tasks = [..."ab"].map((name) => createTask(worker(name)));
    await sleep(0);
    for (const action of order) {
      await barrier[action]();
      print(action, state(barrier));
    }
    await gather(tasks);
    print(state(barrier), barrier.broken);
  }
}
