// Tick table: a task in sleep(0) waits for nothing; the cancellation arrives at its step that is already queued.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, sleep, wait } from "asyncio-ts";
import { type Print, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const work = coroutine(function* (tick: () => number) {
    try {
      for (;;) {
        print("turn in", tick());
        yield* sleep(0);
      }
    } catch (error) {
      print("cancelled in", tick());
      throw error;
    }
  });

  const tick = ticks(getRunningLoop());
  const task = createTask(work(tick));
  for (let turn = 0; turn < 3; turn += 1) yield* sleep(0);
  print("cancelling in", tick());
  task.cancel();
  task.addDoneCallback(() => print("callback in", tick()));
  yield* wait([task]);
  print("main in", tick());
}

export async function native(print: Print): Promise<void> {
  const work = coroutine(async (tick: () => number) => {
    try {
      for (;;) {
        print("turn in", tick());
        await sleep(0);
      }
    } catch (error) {
      print("cancelled in", tick());
      throw error;
    }
  });

  const tick = ticks(getRunningLoop());
  const task = createTask(work(tick));
  for (let turn = 0; turn < 3; turn += 1) await sleep(0);
  print("cancelling in", tick());
  task.cancel();
  task.addDoneCallback(() => print("callback in", tick()));
  await wait([task]);
  print("main in", tick());
}
