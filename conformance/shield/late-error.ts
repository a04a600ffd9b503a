// Fact 92: an inner task that fails after its shield was cancelled is reported to the exception handler.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, shield, sleep } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const fail = coroutine(function* (label: string) {
    yield* sleep(2);
    throw new TypeError(label);
  });

  const loop = getRunningLoop();
  loop.setExceptionHandler((_loop, context) => print(context.message, show(context.exception), loop.time()));
  const once = createTask(fail("shielded once"));
  let shielded = shield(once);
  yield* sleep(1);
  shielded.cancel();
  yield* sleep(2);
  const kept = createTask(fail("shield kept"));
  shielded = shield(kept);
  try {
    yield* shielded;
  } catch (error) {
    print("not reported", show(error));
  }
}

export async function native(print: Print): Promise<void> {
  const fail = coroutine(async (label: string) => {
    await sleep(2);
    throw new TypeError(label);
  });

  const loop = getRunningLoop();
  loop.setExceptionHandler((_loop, context) => print(context.message, show(context.exception), loop.time()));
  const once = createTask(fail("shielded once"));
  let shielded = shield(once);
  await sleep(1);
  shielded.cancel();
  await sleep(2);
  const kept = createTask(fail("shield kept"));
  shielded = shield(kept);
  try {
    await shielded;
  } catch (error) {
    print("not reported", show(error));
  }
}
