// Fact 110: a group that is shutting down or finished takes no more tasks.

import type { CoroutineGenerator, TaskGroup } from "asyncio-ts";
import { coroutine, sleep, taskGroup } from "asyncio-ts";
import { kind, type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const work = coroutine(function* () {
    print("never runs");
  });

  const attempt = (label: string, group: TaskGroup): void => {
    const coro = work();
    try {
      group.createTask(coro);
    } catch (error) {
      const message = (error as Error).message;
      print(label, kind(error), message.slice(message.lastIndexOf("is ")), coro.state);
    }
  };

  const fail = coroutine(function* () {
    throw new RangeError("child");
  });

  let finished: TaskGroup | undefined;
  yield* taskGroup(function* (group) {
    finished = group;
  });
  attempt("finished:", finished!);
  try {
    yield* taskGroup(function* (group) {
      group.createTask(fail());
      try {
        yield* sleep(10);
      } catch (error) {
        attempt("failing:", group);
        throw error;
      }
    });
  } catch (error) {
    print(show(error));
  }
}

export async function native(print: Print): Promise<void> {
  const work = coroutine(async () => {
    print("never runs");
  });

  const attempt = (label: string, group: TaskGroup): void => {
    const coro = work();
    try {
      group.createTask(coro);
    } catch (error) {
      const message = (error as Error).message;
      print(label, kind(error), message.slice(message.lastIndexOf("is ")), coro.state);
    }
  };

  const fail = coroutine(async () => {
    throw new RangeError("child");
  });

  let finished: TaskGroup | undefined;
  await taskGroup(async (group) => {
    finished = group;
  });
  attempt("finished:", finished!);
  try {
    await taskGroup(async (group) => {
      group.createTask(fail());
      try {
        await sleep(10);
      } catch (error) {
        attempt("failing:", group);
        throw error;
      }
    });
  } catch (error) {
    print(show(error));
  }
}
