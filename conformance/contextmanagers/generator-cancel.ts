// A cancellation of the body comes out of the generator's yield; its cleanup may wait, and be cancelled in turn.

import type { CoroutineGenerator } from "asyncio-ts";
import {
  asyncContextManager,
  asyncWith,
  coroutine,
  createTask,
  getRunningLoop,
  provide,
  sleep,
  wait,
} from "asyncio-ts";
import { chain, type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const resource = asyncContextManager(function* (name: string) {
    print("open", name);
    try {
      yield* provide(name);
    } catch (error) {
      print("cancelled", show(error));
      throw error;
    } finally {
      yield* sleep(10);
      print("closed", name, getRunningLoop().time());
    }
  });
  const work = coroutine(function* (name: string) {
    yield* asyncWith(resource(name), function* () {
      yield* sleep(100);
    });
  });

  let task = createTask(work("a"));
  yield* sleep(1);
  task.cancel("stop");
  yield* wait([task]);
  print(task.cancelled());
  task = createTask(work("b"));
  yield* sleep(1);
  task.cancel("stop");
  yield* sleep(1);
  task.cancel("at once");
  try {
    yield* task;
  } catch (error) {
    print(chain(error), getRunningLoop().time());
  }
}

export async function native(print: Print): Promise<void> {
  const resource = asyncContextManager(async function* (name: string) {
    print("open", name);
    try {
      yield name;
    } catch (error) {
      print("cancelled", show(error));
      throw error;
    } finally {
      await sleep(10);
      print("closed", name, getRunningLoop().time());
    }
  });
  const work = coroutine(async (name: string) => {
    await asyncWith(resource(name), async () => {
      await sleep(100);
    });
  });

  let task = createTask(work("a"));
  await sleep(1);
  task.cancel("stop");
  await wait([task]);
  print(task.cancelled());
  task = createTask(work("b"));
  await sleep(1);
  task.cancel("stop");
  await sleep(1);
  task.cancel("at once");
  try {
    await task;
  } catch (error) {
    print(chain(error), getRunningLoop().time());
  }
}
