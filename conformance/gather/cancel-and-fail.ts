// A child fails while its gather is being cancelled: whichever child ends first decides what comes out.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, gather, sleep } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const child = coroutine(function* (name: string, fail: boolean) {
    try {
      yield* sleep(10);
    } catch (error) {
      print(name, "cancelled");
      if (fail) throw new RangeError(name);
      throw error;
    }
  });

  const parent = coroutine(function* (names: [string, boolean][]) {
    yield* gather(...names.map(([name, fail]) => child(name, fail)));
  });

  const rounds: [string, boolean][][] = [
    [
      ["a", true],
      ["b", false],
    ],
    [
      ["c", false],
      ["d", true],
    ],
  ];
  for (const names of rounds) {
    const task = createTask(parent(names));
    yield* sleep(1);
    task.cancel("stop");
    try {
      yield* task;
    } catch (error) {
      print(show(error), task.cancelled());
    }
  }
}

export async function native(print: Print): Promise<void> {
  const child = coroutine(async (name: string, fail: boolean) => {
    try {
      await sleep(10);
    } catch (error) {
      print(name, "cancelled");
      if (fail) throw new RangeError(name);
      throw error;
    }
  });

  const parent = coroutine(async (names: [string, boolean][]) => {
    await gather(...names.map(([name, fail]) => child(name, fail)));
  });

  const rounds: [string, boolean][][] = [
    [
      ["a", true],
      ["b", false],
    ],
    [
      ["c", false],
      ["d", true],
    ],
  ];
  for (const names of rounds) {
    const task = createTask(parent(names));
    await sleep(1);
    task.cancel("stop");
    try {
      await task;
    } catch (error) {
      print(show(error), task.cancelled());
    }
  }
}
