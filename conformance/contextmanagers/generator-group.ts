// A task group inside of a manager: a child that fails interrupts the body, and leaving waits for the children.

import type { CoroutineGenerator } from "asyncio-ts";
import {
  asyncContextManager,
  asyncWith,
  coroutine,
  currentTask,
  getRunningLoop,
  provide,
  sleep,
  taskGroup,
} from "asyncio-ts";
import { type Print, show } from "../twin.ts";

const background = asyncContextManager(function* (print: Print) {
  return yield* taskGroup(function* (group) {
    const value = yield* provide(group);
    print("waiting for the children");
    return value;
  });
});

export function* generator(print: Print): CoroutineGenerator<void> {
  const child = coroutine(function* (name: string, delay: number, fail = false) {
    yield* sleep(delay);
    print(name, getRunningLoop().time());
    if (fail) throw new RangeError(name);
  });

  yield* asyncWith(background(print), function* (group) {
    group.createTask(child("a", 2));
  });
  print("after");
  try {
    yield* asyncWith(background(print), function* (group) {
      group.createTask(child("b", 1, true));
      group.createTask(child("never", 5));
      try {
        yield* sleep(100);
      } catch (error) {
        print("interrupted", show(error));
        throw error;
      }
    });
  } catch (error) {
    print(show(error), getRunningLoop().time(), currentTask()!.cancelling());
  }
}

export async function native(print: Print): Promise<void> {
  const child = coroutine(async (name: string, delay: number, fail = false) => {
    await sleep(delay);
    print(name, getRunningLoop().time());
    if (fail) throw new RangeError(name);
  });

  await asyncWith(background(print), async (group) => {
    group.createTask(child("a", 2));
  });
  print("after");
  try {
    await asyncWith(background(print), async (group) => {
      group.createTask(child("b", 1, true));
      group.createTask(child("never", 5));
      try {
        await sleep(100);
      } catch (error) {
        print("interrupted", show(error));
        throw error;
      }
    });
  } catch (error) {
    print(show(error), getRunningLoop().time(), currentTask()!.cancelling());
  }
}
