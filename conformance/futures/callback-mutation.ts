// Fact 24: callbacks may add and remove callbacks while they run; nothing is skipped, nothing runs twice.

import type { CoroutineGenerator, Future } from "asyncio-ts";
import { getRunningLoop, sleep } from "asyncio-ts";
import type { Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const future = getRunningLoop().createFuture<null>();

  const remover = (f: Future<null>): void => {
    print("remover", f.removeDoneCallback(last), f.removeDoneCallback(remover));
  };

  const adder = (f: Future<null>): void => {
    print("adder");
    f.addDoneCallback(() => print("added"));
  };

  const last = (): void => print("last");

  future.addDoneCallback(remover);
  future.addDoneCallback(adder);
  future.addDoneCallback(last);
  future.setResult(null);
  print("removed before they run", future.removeDoneCallback(adder));
  yield* sleep(0);
  print("one turn");
  yield* sleep(0);
  print("two turns");
}

export async function native(print: Print): Promise<void> {
  const future = getRunningLoop().createFuture<null>();

  const remover = (f: Future<null>): void => {
    print("remover", f.removeDoneCallback(last), f.removeDoneCallback(remover));
  };

  const adder = (f: Future<null>): void => {
    print("adder");
    f.addDoneCallback(() => print("added"));
  };

  const last = (): void => print("last");

  future.addDoneCallback(remover);
  future.addDoneCallback(adder);
  future.addDoneCallback(last);
  future.setResult(null);
  print("removed before they run", future.removeDoneCallback(adder));
  await sleep(0);
  print("one turn");
  await sleep(0);
  print("two turns");
}
