// A cancellation while the generator is being closed interrupts its cleanup.

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
  const consume = coroutine(function* () {
    yield* each(numbers(print, "a", 9, 0), function* (item) {
      print(item);
      return item === 1 ? each.stop : undefined;
    });
  });

  const task = createTask(consume());
  yield* sleep(0.5);
  task.cancel("hurry");
  try {
    yield* task;
  } catch (error) {
    print(show(error), task.cancelled(), getRunningLoop().time());
  }
}

export async function native(print: Print): Promise<void> {
  const consume = coroutine(async () => {
    for await (const item of numbers(print, "a", 9, 0)) {
      print(item);
      if (item === 1) break;
    }
  });

  const task = createTask(consume());
  await sleep(0.5);
  task.cancel("hurry");
  try {
    await task;
  } catch (error) {
    print(show(error), task.cancelled(), getRunningLoop().time());
  }
}
