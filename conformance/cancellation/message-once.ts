// Fact 26: a cancelled task hands out the error that ended it once, and afterwards a bare one; a future keeps its message.
import { createTask, getRunningLoop, sleep } from "asyncio-ts";
import type { CoroutineGenerator, Future } from "asyncio-ts";
import { show, type Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  function* attempt(label: string, awaitable: Future<void>): CoroutineGenerator<void> {
    for (let round = 0; round < 3; round += 1) {
      try {
        yield* awaitable;
      } catch (error) {
        print(label, show(error));
      }
    }
  }

  const task = createTask(sleep(10));
  const future = getRunningLoop().createFuture<void>();
  yield* sleep(0);
  task.cancel("the message");
  future.cancel("the message");
  yield* attempt("task", task);
  yield* attempt("future", future);
}

export async function native(print: Print): Promise<void> {
  async function attempt(label: string, awaitable: Future<void>): Promise<void> {
    for (let round = 0; round < 3; round += 1) {
      try {
        await awaitable;
      } catch (error) {
        print(label, show(error));
      }
    }
  }

  const task = createTask(sleep(10));
  const future = getRunningLoop().createFuture<void>();
  await sleep(0);
  task.cancel("the message");
  future.cancel("the message");
  await attempt("task", task);
  await attempt("future", future);
}
