// A cancellation reaches an asynchronous generator that waits for its next item; in the body it only closes it.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, each, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

async function* numbers(print: Print, name: string, count: number, delay = 1): AsyncGenerator<number, void> {
  try {
    for (let i = 0; i < count; i++) {
      await sleep(delay);
      yield i;
    }
  } catch (error) {
    print(name, "saw", show(error));
    throw error;
  } finally {
    await sleep(1);
    print(name, "closed", getRunningLoop().time());
  }
}

export function* generator(print: Print): CoroutineGenerator<void> {
  const consume = coroutine(function* (name: string, itemDelay: number, bodyDelay: number) {
    yield* each(numbers(print, name, 9, itemDelay), function* (item) {
      print(item);
      yield* sleep(bodyDelay);
    });
  });

  for (const [name, itemDelay, bodyDelay] of [
    ["a", 2, 0],
    ["b", 0, 2],
  ] as const) {
    const task = createTask(consume(name, itemDelay, bodyDelay));
    yield* sleep(5);
    task.cancel("enough");
    try {
      yield* task;
    } catch (error) {
      print(show(error), task.cancelled(), getRunningLoop().time());
    }
  }
}

export async function native(print: Print): Promise<void> {
  const consume = coroutine(async (name: string, itemDelay: number, bodyDelay: number) => {
    for await (const item of numbers(print, name, 9, itemDelay)) {
      print(item);
      await sleep(bodyDelay);
    }
  });

  for (const [name, itemDelay, bodyDelay] of [
    ["a", 2, 0],
    ["b", 0, 2],
  ] as const) {
    const task = createTask(consume(name, itemDelay, bodyDelay));
    await sleep(5);
    task.cancel("enough");
    try {
      await task;
    } catch (error) {
      print(show(error), task.cancelled(), getRunningLoop().time());
    }
  }
}
