// Fact 44: an exit-class error raised while a cancellation is handled becomes the task's exception and leaves the
// loop.
import { coroutine, KeyboardInterrupt, sleep } from "asyncio-ts";
import { TestLoop } from "asyncio-ts/testing";
import { type Print, show } from "../twin.ts";

export async function program(print: Print): Promise<void> {
  const loop = new TestLoop();
  const work = coroutine(function* () {
    try {
      yield* sleep(10);
    } catch {
      throw new KeyboardInterrupt();
    }
  });

  const task = loop.createTask(work());
  await loop.runUntilComplete(sleep(0));
  task.cancel();
  try {
    await loop.runUntilComplete(task);
  } catch (error) {
    print(show(error), task.done(), task.cancelled(), task.exception() === error);
  }
}
