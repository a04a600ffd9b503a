// Fact 142: when main returns, what is left is cancelled and awaited before the run ends.

import type { CoroutineGenerator, EventLoop } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const leftOver = coroutine(function* (loop: EventLoop) {
    try {
      yield* sleep(10);
    } catch (error) {
      print("cancelled", show(error), loop.time());
      yield* sleep(1);
      print("cleaned up", loop.time());
      throw new RangeError("from the clean-up");
    }
  });

  const loop = getRunningLoop();
  loop.setExceptionHandler((_loop, context) => print(context.message, show(context.exception)));
  createTask(leftOver(loop));
  yield* sleep(2);
  print("main returns", loop.time());
}

export async function native(print: Print): Promise<void> {
  const leftOver = coroutine(async (loop: EventLoop) => {
    try {
      await sleep(10);
    } catch (error) {
      print("cancelled", show(error), loop.time());
      await sleep(1);
      print("cleaned up", loop.time());
      throw new RangeError("from the clean-up");
    }
  });

  const loop = getRunningLoop();
  loop.setExceptionHandler((_loop, context) => print(context.message, show(context.exception)));
  createTask(leftOver(loop));
  await sleep(2);
  print("main returns", loop.time());
}
