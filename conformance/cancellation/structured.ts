// Fact 43: a hand-made timeout block uncancels its own cancellation and lets an outer one through.

import type { Coroutine, CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, currentTask, getRunningLoop, sleep, wait } from "asyncio-ts";
import type { Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const block = coroutine(function* (name: string, delay: number, body: Coroutine<void>): CoroutineGenerator<void> {
    const task = currentTask()!;
    const loop = getRunningLoop();
    let expired = false;
    const expire = (): void => {
      expired = true;
      task.cancel();
    };
    const baseline = task.cancelling();
    const handle = loop.callLater(delay, expire);
    try {
      yield* body;
    } catch (error) {
      if (!expired || task.uncancel() > baseline) {
        print(name, "passes it on", task.cancelling(), loop.time());
        throw error;
      }
      print(name, "timed out", task.cancelling(), loop.time());
    } finally {
      handle.cancel();
    }
  });

  yield* block("outer", 5, block("inner", 1, sleep(10)));
  yield* block("outer", 1, block("inner", 5, sleep(10)));
  const task = createTask(block("foreign", 5, sleep(10)));
  getRunningLoop().callLater(1, () => task.cancel());
  yield* wait([task]);
  print(task.cancelled(), task.cancelling());
}

export async function native(print: Print): Promise<void> {
  const block = coroutine(async (name: string, delay: number, body: Coroutine<void>): Promise<void> => {
    const task = currentTask()!;
    const loop = getRunningLoop();
    let expired = false;
    const expire = (): void => {
      expired = true;
      task.cancel();
    };
    const baseline = task.cancelling();
    const handle = loop.callLater(delay, expire);
    try {
      await body;
    } catch (error) {
      if (!expired || task.uncancel() > baseline) {
        print(name, "passes it on", task.cancelling(), loop.time());
        throw error;
      }
      print(name, "timed out", task.cancelling(), loop.time());
    } finally {
      handle.cancel();
    }
  });

  await block("outer", 5, block("inner", 1, sleep(10)));
  await block("outer", 1, block("inner", 5, sleep(10)));
  const task = createTask(block("foreign", 5, sleep(10)));
  getRunningLoop().callLater(1, () => task.cancel());
  await wait([task]);
  print(task.cancelled(), task.cancelling());
}
