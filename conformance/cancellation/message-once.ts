// Fact 26: a cancelled task hands out the error that ended it once, and afterwards a bare one; a future keeps its
// message.

import type { CoroutineGenerator, Future } from "asyncio-ts";
import { createTask, gather, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

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
  const child = createTask(sleep(10));
  const future = getRunningLoop().createFuture<void>();
  const gathered = gather([child], { returnExceptions: true });
  yield* sleep(0);
  for (const one of [task, child, future]) one.cancel("the message");
  yield* attempt("task", task);
  yield* attempt("future", future);
  print("gathered", show((yield* gathered)[0]));
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
  const child = createTask(sleep(10));
  const future = getRunningLoop().createFuture<void>();
  const gathered = gather([child], { returnExceptions: true });
  await sleep(0);
  for (const one of [task, child, future]) one.cancel("the message");
  await attempt("task", task);
  await attempt("future", future);
  print("gathered", show((await gathered)[0]));
}
