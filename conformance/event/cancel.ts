// Fact 115: waiters that are cancelled before and after the event is set; the others are not concerned.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, Event, getRunningLoop, sleep, wait } from "asyncio-ts";
import { type Print, show, state, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const tick = ticks(getRunningLoop());
  const event = new Event();

  const worker = coroutine(function* (name: string) {
    try {
      yield* event.wait();
      print(name, state(event), "in", tick());
    } catch (error) {
      print(name, show(error), state(event), "in", tick());
      throw error;
    }
  });

  const tasks = [..."abcd"].map((name) => createTask(worker(name)));
  yield* sleep(0);
  tasks[0]!.cancel("before");
  print(state(event));
  event.set();
  tasks[1]!.cancel("after");
  print(state(event), tasks[3]!.cancel("last"));
  yield* wait(tasks);
  print(
    tasks.map((task) => task.cancelled()),
    state(event),
  );
}

export async function native(print: Print): Promise<void> {
  const tick = ticks(getRunningLoop());
  const event = new Event();

  const worker = coroutine(async (name: string) => {
    try {
      await event.wait();
      print(name, state(event), "in", tick());
    } catch (error) {
      print(name, show(error), state(event), "in", tick());
      throw error;
    }
  });

  const tasks = [..."abcd"].map((name) => createTask(worker(name)));
  await sleep(0);
  tasks[0]!.cancel("before");
  print(state(event));
  event.set();
  tasks[1]!.cancel("after");
  print(state(event), tasks[3]!.cancel("last"));
  await wait(tasks);
  print(
    tasks.map((task) => task.cancelled()),
    state(event),
  );
}
