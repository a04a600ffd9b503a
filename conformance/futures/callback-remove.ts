// Fact 23: remove_done_callback() removes all equal entries and returns how many.

import type { CoroutineGenerator } from "asyncio-ts";
import { getRunningLoop, sleep } from "asyncio-ts";
import type { Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const future = getRunningLoop().createFuture<null>();

  const one = (): void => print("one");
  const two = (): void => print("two");

  future.addDoneCallback(one);
  future.addDoneCallback(two);
  future.addDoneCallback(one);
  future.addDoneCallback(two);
  print(future.removeDoneCallback(one), future.removeDoneCallback(one));
  future.addDoneCallback(one);
  future.setResult(null);
  yield* sleep(0);
  print(future.removeDoneCallback(one), future.removeDoneCallback(two));
}

export async function native(print: Print): Promise<void> {
  const future = getRunningLoop().createFuture<null>();

  const one = (): void => print("one");
  const two = (): void => print("two");

  future.addDoneCallback(one);
  future.addDoneCallback(two);
  future.addDoneCallback(one);
  future.addDoneCallback(two);
  print(future.removeDoneCallback(one), future.removeDoneCallback(one));
  future.addDoneCallback(one);
  future.setResult(null);
  await sleep(0);
  print(future.removeDoneCallback(one), future.removeDoneCallback(two));
}
