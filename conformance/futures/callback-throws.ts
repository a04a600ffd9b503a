// Facts 6, 22: a done callback that throws is reported; the other callbacks and the awaiting task are not disturbed.

import type { CoroutineGenerator, Future } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const waiter = coroutine(function* (future: Future<string>) {
    print("waiter got", yield* future);
  });

  const loop = getRunningLoop();
  loop.setExceptionHandler((_loop, context) => print(context.message?.slice(0, 21), show(context.exception)));
  const future = loop.createFuture<string>();

  const broken = (): void => {
    print("broken");
    throw new TypeError("in a callback");
  };

  future.addDoneCallback(() => print("first"));
  future.addDoneCallback(broken);
  const task = createTask(waiter(future));
  yield* sleep(0);
  future.addDoneCallback(broken);
  future.addDoneCallback(() => print("last"));
  future.setResult("value");
  yield* task;
}

export async function native(print: Print): Promise<void> {
  const waiter = coroutine(async (future: Future<string>) => {
    print("waiter got", await future);
  });

  const loop = getRunningLoop();
  loop.setExceptionHandler((_loop, context) => print(context.message?.slice(0, 21), show(context.exception)));
  const future = loop.createFuture<string>();

  const broken = (): void => {
    print("broken");
    throw new TypeError("in a callback");
  };

  future.addDoneCallback(() => print("first"));
  future.addDoneCallback(broken);
  const task = createTask(waiter(future));
  await sleep(0);
  future.addDoneCallback(broken);
  future.addDoneCallback(() => print("last"));
  future.setResult("value");
  await task;
}
