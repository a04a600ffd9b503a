// Fact 10: run_until_complete() of a loop that is stopped fails, and the task goes on in the next run.
import { coroutine, sleep } from "asyncio-ts";
import { TestLoop } from "asyncio-ts/testing";
import { type Print, show } from "../twin.ts";

export async function program(print: Print): Promise<void> {
  const loop = new TestLoop();
  const work = coroutine(function* () {
    yield* sleep(2);
    print("work done at", loop.time());
    return "result";
  });

  const task = loop.createTask(work());
  loop.callLater(1, () => loop.stop());
  try {
    await loop.runUntilComplete(task);
  } catch (error) {
    print(show(error), task.done(), loop.time());
  }
  print(await loop.runUntilComplete(task), task.done());
}
