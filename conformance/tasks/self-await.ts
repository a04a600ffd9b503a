// Fact 46: a task that awaits itself gets a RuntimeError, and may go on.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, currentTask, sleep } from "asyncio-ts";
import { kind, type Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const work = coroutine(function* () {
    try {
      yield* currentTask()!;
    } catch (error) {
      print(kind(error), (error as Error).message.slice(0, 26));
    }
    yield* sleep(0);
    return "went on";
  });

  print(yield* createTask(work()));
}

export async function native(print: Print): Promise<void> {
  const work = coroutine(async () => {
    try {
      await currentTask()!;
    } catch (error) {
      print(kind(error), (error as Error).message.slice(0, 26));
    }
    await sleep(0);
    return "went on";
  });

  print(await createTask(work()));
}
