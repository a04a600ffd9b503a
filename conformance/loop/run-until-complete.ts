// run_until_complete() takes coroutines, tasks and futures, gives their results and errors, and can be repeated.
import { coroutine, sleep } from "asyncio-ts";
import { TestLoop } from "asyncio-ts/testing";
import { type Print, show } from "../twin.ts";

export async function program(print: Print): Promise<void> {
  const loop = new TestLoop();
  const answer = coroutine(function* (value: number) {
    yield* sleep(value);
    return value;
  });

  const fail = coroutine(function* () {
    yield* sleep(1);
    throw new RangeError("failed");
  });

  print(await loop.runUntilComplete(answer(1)), loop.time());
  const task = loop.createTask(answer(2));
  print(await loop.runUntilComplete(task), loop.time());
  print(await loop.runUntilComplete(task), loop.time());
  const future = loop.createFuture<string>();
  loop.callLater(1, () => future.setResult("set"));
  print(await loop.runUntilComplete(future), loop.time());
  for (let round = 0; round < 2; round += 1) {
    try {
      await loop.runUntilComplete(fail());
    } catch (error) {
      print(show(error), loop.time());
    }
  }
  const cancelled = loop.createFuture<void>();
  loop.callLater(1, () => cancelled.cancel("gone"));
  try {
    await loop.runUntilComplete(cancelled);
  } catch (error) {
    print(show(error), loop.time());
  }
}
