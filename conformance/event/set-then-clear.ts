// Fact 115: an event that is set and cleared at once wakes those that waited when it was set, and nobody else.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, Event, gather, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, state, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const tick = ticks(getRunningLoop());
  const event = new Event();

  const worker = coroutine(function* (name: string) {
    yield* event.wait();
    print(name, state(event), "in", tick());
  });

  const tasks = [createTask(worker("a")), createTask(worker("b"))];
  yield* sleep(0);
  event.set();
  event.clear();
  print(state(event));
  tasks.push(createTask(worker("late")));
  yield* sleep(0);
  print(
    state(event),
    tasks.map((task) => task.done()),
  );
  yield* sleep(0);
  event.set();
  yield* gather(tasks);
  print(state(event));
}

export async function native(print: Print): Promise<void> {
  const tick = ticks(getRunningLoop());
  const event = new Event();

  const worker = coroutine(async (name: string) => {
    await event.wait();
    print(name, state(event), "in", tick());
  });

  const tasks = [createTask(worker("a")), createTask(worker("b"))];
  await sleep(0);
  event.set();
  event.clear();
  print(state(event));
  tasks.push(createTask(worker("late")));
  await sleep(0);
  print(
    state(event),
    tasks.map((task) => task.done()),
  );
  await sleep(0);
  event.set();
  await gather(tasks);
  print(state(event));
}
