// Facts 6, 7: the exception handler throws while tasks run: the tasks are not disturbed.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, gather, getRunningLoop, RuntimeError, sleep } from "asyncio-ts";
import type { Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const work = coroutine(function* (name: string) {
    for (let step = 0; step < 2; step += 1) {
      yield* sleep(0);
      print(name, step);
    }
  });

  const loop = getRunningLoop();
  loop.defaultExceptionHandler = (context) => print("default:", context.message);
  loop.setExceptionHandler(() => {
    throw new RuntimeError("broken handler");
  });
  const tasks = [..."ab"].map((name) => createTask(work(name)));
  loop.callSoon(() => {
    throw new RangeError("broken callback");
  });
  yield* gather(...tasks);
  print("unharmed");
}

export async function native(print: Print): Promise<void> {
  const work = coroutine(async (name: string) => {
    for (let step = 0; step < 2; step += 1) {
      await sleep(0);
      print(name, step);
    }
  });

  const loop = getRunningLoop();
  loop.defaultExceptionHandler = (context) => print("default:", context.message);
  loop.setExceptionHandler(() => {
    throw new RuntimeError("broken handler");
  });
  const tasks = [..."ab"].map((name) => createTask(work(name)));
  loop.callSoon(() => {
    throw new RangeError("broken callback");
  });
  await gather(...tasks);
  print("unharmed");
}
