// Fact 55: a coroutine that has ended, failed or been closed cannot be awaited again.

import type { Coroutine, CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, sleep } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const work = coroutine(function* (fail: boolean) {
    yield* sleep(0);
    if (fail) throw new RangeError("failed");
    return "result";
  });

  function* attempt(label: string, coro: Coroutine<string>): CoroutineGenerator<void> {
    try {
      print(label, yield* coro);
    } catch (error) {
      print(label, show(error));
    }
  }

  const ended = work(false);
  const failed = work(true);
  const closed = work(false);
  const inTask = work(false);
  yield* attempt("first:", ended);
  yield* attempt("again:", ended);
  yield* attempt("first:", failed);
  yield* attempt("again:", failed);
  closed.close();
  yield* attempt("closed:", closed);
  yield* createTask(inTask);
  yield* attempt("after its task:", inTask);
  try {
    yield* createTask(ended);
  } catch (error) {
    print("as a task:", show(error));
  }
}

export async function native(print: Print): Promise<void> {
  const work = coroutine(async (fail: boolean) => {
    await sleep(0);
    if (fail) throw new RangeError("failed");
    return "result";
  });

  async function attempt(label: string, coro: Coroutine<string>): Promise<void> {
    try {
      print(label, await coro);
    } catch (error) {
      print(label, show(error));
    }
  }

  const ended = work(false);
  const failed = work(true);
  const closed = work(false);
  const inTask = work(false);
  await attempt("first:", ended);
  await attempt("again:", ended);
  await attempt("first:", failed);
  await attempt("again:", failed);
  closed.close();
  await attempt("closed:", closed);
  await createTask(inTask);
  await attempt("after its task:", inTask);
  try {
    await createTask(ended);
  } catch (error) {
    print("as a task:", show(error));
  }
}
