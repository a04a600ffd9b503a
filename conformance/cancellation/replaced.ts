// An exception raised in place of the cancellation is the task's exception.

import type { CoroutineGenerator } from "asyncio-ts";
import { CancelledError, coroutine, createTask, sleep } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const work = coroutine(function* () {
    try {
      yield* sleep(10);
    } catch {
      throw new RangeError("replaced");
    }
  });

  const newMessage = coroutine(function* () {
    try {
      yield* sleep(10);
    } catch {
      throw new CancelledError("my own");
    }
  });

  const byHand = coroutine(function* (): CoroutineGenerator<void> {
    throw new CancelledError("nobody asked");
  });

  for (const coro of [work(), newMessage(), byHand()]) {
    const task = createTask(coro);
    yield* sleep(0);
    const asked = task.cancel("asked");
    try {
      yield* task;
    } catch (error) {
      print(show(error), asked, task.cancelled(), task.cancelling());
    }
  }
}

export async function native(print: Print): Promise<void> {
  const work = coroutine(async () => {
    try {
      await sleep(10);
    } catch {
      throw new RangeError("replaced");
    }
  });

  const newMessage = coroutine(async () => {
    try {
      await sleep(10);
    } catch {
      throw new CancelledError("my own");
    }
  });

  const byHand = coroutine(async (): Promise<void> => {
    throw new CancelledError("nobody asked");
  });

  for (const coro of [work(), newMessage(), byHand()]) {
    const task = createTask(coro);
    await sleep(0);
    const asked = task.cancel("asked");
    try {
      await task;
    } catch (error) {
      print(show(error), asked, task.cancelled(), task.cancelling());
    }
  }
}
