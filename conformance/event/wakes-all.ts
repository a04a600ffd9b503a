// Fact 115: an event wakes all that wait, in their order, in one iteration; afterwards nobody waits.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, Event, gather, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, state, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const tick = ticks(getRunningLoop());
  const event = new Event();

  const worker = coroutine(function* (name: string) {
    print(name, yield* event.wait(), state(event), "in", tick());
  });

  const tasks = [..."abc"].map((name) => createTask(worker(name)));
  yield* sleep(0);
  print(state(event), event.isSet());
  event.set();
  print(state(event), "in", tick());
  yield* worker("late");
  yield* gather(tasks);
  print(state(event), event.isSet());
}

export async function native(print: Print): Promise<void> {
  const tick = ticks(getRunningLoop());
  const event = new Event();

  const worker = coroutine(async (name: string) => {
    print(name, await event.wait(), state(event), "in", tick());
  });

  const tasks = [..."abc"].map((name) => createTask(worker(name)));
  await sleep(0);
  print(state(event), event.isSet());
  event.set();
  print(state(event), "in", tick());
  await worker("late");
  await gather(tasks);
  print(state(event), event.isSet());
}
