// Tick table: a bare yield is one turn of the loop, at any depth, and cannot be told from sleep(0).

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  function* turn(): CoroutineGenerator<void> {
    yield;
  }

  function* deep(depth: number): CoroutineGenerator<void> {
    yield* depth ? deep(depth - 1) : turn();
  }

  const bare = coroutine(function* (tick: () => number) {
    for (const depth of [0, 1, 5]) {
      yield* deep(depth);
      print("bare", tick());
    }
  });

  const sleeper = coroutine(function* (tick: () => number) {
    for (let turns = 0; turns < 3; turns += 1) {
      yield* sleep(0);
      print("sleep", tick());
    }
  });

  const tick = ticks(getRunningLoop());
  const tasks = [createTask(bare(tick)), createTask(sleeper(tick))];
  yield* tasks[0]!;
  yield* tasks[1]!;
}
