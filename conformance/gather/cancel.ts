// Fact 88: cancelling a gather cancels every child that is pending; once all children are done it returns False.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, gather, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, show, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const child = coroutine(function* (name: string, delay: number) {
    try {
      yield* sleep(delay);
      return name;
    } catch (error) {
      print(name, "cancelled", show(error));
      throw error;
    }
  });

  const tick = ticks(getRunningLoop());
  const tasks = [createTask(child("a", 0)), createTask(child("b", 10)), createTask(child("c", 10))];
  const outer = gather(...tasks);
  yield* sleep(0);
  yield* sleep(0);
  print(outer.cancel("all of you"), outer.done(), "in", tick());
  try {
    yield* outer;
  } catch (error) {
    print(show(error), outer.cancelled(), "in", tick());
  }
  print(
    tasks.map((task) => task.cancelled()),
    outer.cancel(),
  );

  const finished = gather(sleep(0, "x"));
  yield* sleep(0);
  yield* sleep(0);
  print(finished.cancel(), finished.done());
  print(yield* finished);
}

export async function native(print: Print): Promise<void> {
  const child = coroutine(async (name: string, delay: number) => {
    try {
      await sleep(delay);
      return name;
    } catch (error) {
      print(name, "cancelled", show(error));
      throw error;
    }
  });

  const tick = ticks(getRunningLoop());
  const tasks = [createTask(child("a", 0)), createTask(child("b", 10)), createTask(child("c", 10))];
  const outer = gather(...tasks);
  await sleep(0);
  await sleep(0);
  print(outer.cancel("all of you"), outer.done(), "in", tick());
  try {
    await outer;
  } catch (error) {
    print(show(error), outer.cancelled(), "in", tick());
  }
  print(
    tasks.map((task) => task.cancelled()),
    outer.cancel(),
  );

  const finished = gather(sleep(0, "x"));
  await sleep(0);
  await sleep(0);
  print(finished.cancel(), finished.done());
  print(await finished);
}
