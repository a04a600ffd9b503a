// An event that is waited for with a timeout.

import type { CoroutineGenerator } from "asyncio-ts";
import { Event, getRunningLoop, timeout } from "asyncio-ts";
import { type Print, show, state } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const event = new Event();
  try {
    yield* timeout(1, function* () {
      yield* event.wait();
    });
  } catch (error) {
    print(show(error), state(event));
  }
  getRunningLoop().callLater(1, () => event.set());
  yield* timeout(2, function* () {
    print(yield* event.wait(), state(event));
  });
}

export async function native(print: Print): Promise<void> {
  const event = new Event();
  try {
    await timeout(1, async () => {
      await event.wait();
    });
  } catch (error) {
    print(show(error), state(event));
  }
  getRunningLoop().callLater(1, () => event.set());
  await timeout(2, async () => {
    print(await event.wait(), state(event));
  });
}
