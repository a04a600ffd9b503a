// Fact 122: a barrier that is aborted, or reset, while it drains.

import type { CoroutineGenerator } from "asyncio-ts";
import { Barrier, coroutine, createTask, gather, sleep } from "asyncio-ts";
import { type Print, show, state } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  for (const action of ["abort", "reset"] as const) {
    const barrier = new Barrier(3);

    const worker = coroutine(function* (name: string) {
      try {
        print(name, yield* barrier.wait(), state(barrier));
      } catch (error) {
        print(name, show(error), state(barrier));
      }
    });

    const tasks = [..."abcd"].map((name) => createTask(worker(name)));
    yield* sleep(0);
    print(state(barrier));
    yield* barrier[action]();
    print(action, state(barrier));
    for (let i = 0; i < 12; i++) yield* sleep(0);
    print(
      tasks.map((task) => task.done()),
      state(barrier),
    );
    yield* barrier.abort();
    yield* gather(tasks);
  }
}

export async function native(print: Print): Promise<void> {
  for (const action of ["abort", "reset"] as const) {
    const barrier = new Barrier(3);

    const worker = coroutine(async (name: string) => {
      try {
        print(name, await barrier.wait(), state(barrier));
      } catch (error) {
        print(name, show(error), state(barrier));
      }
    });

    const tasks = [..."abcd"].map((name) => createTask(worker(name)));
    await sleep(0);
    print(state(barrier));
    await barrier[action]();
    print(action, state(barrier));
    for (let i = 0; i < 12; i++) await sleep(0);
    print(
      tasks.map((task) => task.done()),
      state(barrier),
    );
    await barrier.abort();
    await gather(tasks);
  }
}
