// A barrier that never fills, with a timeout: the place is free again.

import type { CoroutineGenerator } from "asyncio-ts";
import { Barrier, createTask, timeout, waitFor } from "asyncio-ts";
import { type Print, show, state } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const barrier = new Barrier(2);
  try {
    yield* timeout(1, function* () {
      yield* barrier.wait();
    });
  } catch (error) {
    print(show(error), state(barrier));
  }
  const task = createTask(barrier.wait());
  print(yield* waitFor(barrier.wait(), 1), yield* task, state(barrier));
}

export async function native(print: Print): Promise<void> {
  const barrier = new Barrier(2);
  try {
    await timeout(1, async () => {
      await barrier.wait();
    });
  } catch (error) {
    print(show(error), state(barrier));
  }
  const task = createTask(barrier.wait());
  print(await waitFor(barrier.wait(), 1), await task, state(barrier));
}
