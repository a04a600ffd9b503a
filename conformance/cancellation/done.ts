// Fact 26: cancel() of a finished task returns False, counts nothing and changes nothing.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, wait } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const work = coroutine(function* () {
    return "value";
  });

  const fail = coroutine(function* (): CoroutineGenerator<string> {
    throw new RangeError("bad");
  });

  const [task, failed, cancelled] = [createTask(work()), createTask(fail()), createTask(work())] as const;
  cancelled.cancel("first");
  yield* wait([task, failed, cancelled]);
  for (const one of [task, failed, cancelled]) print(one.cancel("late"), one.cancelled(), one.cancelling(), one.done());
  print(task.result(), show(failed.exception()));
  try {
    yield* cancelled;
  } catch (error) {
    print(show(error));
  }
}

export async function native(print: Print): Promise<void> {
  const work = coroutine(async () => {
    return "value";
  });

  const fail = coroutine(async (): Promise<string> => {
    throw new RangeError("bad");
  });

  const [task, failed, cancelled] = [createTask(work()), createTask(fail()), createTask(work())] as const;
  cancelled.cancel("first");
  await wait([task, failed, cancelled]);
  for (const one of [task, failed, cancelled]) print(one.cancel("late"), one.cancelled(), one.cancelling(), one.done());
  print(task.result(), show(failed.exception()));
  try {
    await cancelled;
  } catch (error) {
    print(show(error));
  }
}
