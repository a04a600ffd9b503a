// Two cancels before the delivery: how often CancelledError arrives depends on what the task waits for.

import type { CoroutineGenerator, Future } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const onFuture = coroutine(function* (future: Future<null>) {
    let caught = 0;
    for (let round = 0; round < 3; round += 1) {
      try {
        yield* future;
      } catch (error) {
        caught += 1;
        print("  caught", show(error));
        const next = getRunningLoop().createFuture<null>();
        future = next;
        getRunningLoop().callSoon(() => next.done() || next.setResult(null));
      }
    }
    return caught;
  });

  const onTurn = coroutine(function* (_: Future<null>) {
    let caught = 0;
    for (let round = 0; round < 3; round += 1) {
      try {
        yield* sleep(0);
      } catch (error) {
        caught += 1;
        print("  caught", show(error));
      }
    }
    return caught;
  });

  for (const work of [onFuture, onTurn]) {
    const task = createTask(work(getRunningLoop().createFuture<null>()));
    yield* sleep(0);
    print(task.cancel("first"), task.cancel("second"), task.cancelling());
    print(yield* task, task.cancelled());
  }
}

export async function native(print: Print): Promise<void> {
  const onFuture = coroutine(async (future: Future<null>) => {
    let caught = 0;
    for (let round = 0; round < 3; round += 1) {
      try {
        await future;
      } catch (error) {
        caught += 1;
        print("  caught", show(error));
        const next = getRunningLoop().createFuture<null>();
        future = next;
        getRunningLoop().callSoon(() => next.done() || next.setResult(null));
      }
    }
    return caught;
  });

  const onTurn = coroutine(async (_: Future<null>) => {
    let caught = 0;
    for (let round = 0; round < 3; round += 1) {
      try {
        await sleep(0);
      } catch (error) {
        caught += 1;
        print("  caught", show(error));
      }
    }
    return caught;
  });

  for (const work of [onFuture, onTurn]) {
    const task = createTask(work(getRunningLoop().createFuture<null>()));
    await sleep(0);
    print(task.cancel("first"), task.cancel("second"), task.cancelling());
    print(await task, task.cancelled());
  }
}
