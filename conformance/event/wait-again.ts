// Fact 115: a task that waits again in the step in which it was woken waits for the next set.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, Event, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, state, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const tick = ticks(getRunningLoop());
  const event = new Event();

  const worker = coroutine(function* (name: string) {
    for (let i = 0; i < 3; i++) {
      yield* event.wait();
      event.clear();
      print(name, "in", tick());
    }
  });

  const tasks = [..."ab"].map((name) => createTask(worker(name)));
  yield* sleep(0);
  for (let i = 0; i < 3; i++) {
    event.set();
    event.clear();
    event.set();
    yield* sleep(0);
    print(state(event));
  }
  yield* sleep(0);
  print(tasks.map((task) => task.done()));
}

export async function native(print: Print): Promise<void> {
  const tick = ticks(getRunningLoop());
  const event = new Event();

  const worker = coroutine(async (name: string) => {
    for (let i = 0; i < 3; i++) {
      await event.wait();
      event.clear();
      print(name, "in", tick());
    }
  });

  const tasks = [..."ab"].map((name) => createTask(worker(name)));
  await sleep(0);
  for (let i = 0; i < 3; i++) {
    event.set();
    event.clear();
    event.set();
    await sleep(0);
    print(state(event));
  }
  await sleep(0);
  print(tasks.map((task) => task.done()));
}
