// Fact 54: a coroutine that is being awaited cannot be awaited by another task.

import type { Coroutine, CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, sleep } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const work = coroutine(function* () {
    yield* sleep(1);
    return "result";
  });

  const awaiter = coroutine(function* (name: string, coro: Coroutine<string>) {
    try {
      print(name, yield* coro);
    } catch (error) {
      print(name, show(error));
    }
  });

  const coro = work();
  const first = createTask(awaiter("first", coro));
  const second = createTask(awaiter("second", coro));
  yield* second;
  yield* first;
}

export async function native(print: Print): Promise<void> {
  const work = coroutine(async () => {
    await sleep(1);
    return "result";
  });

  const awaiter = coroutine(async (name: string, coro: Coroutine<string>) => {
    try {
      print(name, await coro);
    } catch (error) {
      print(name, show(error));
    }
  });

  const coro = work();
  const first = createTask(awaiter("first", coro));
  const second = createTask(awaiter("second", coro));
  await second;
  await first;
}
