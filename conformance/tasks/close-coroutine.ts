// close() of a suspended coroutine runs its finally blocks; of an unstarted one nothing.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  function* turn(): CoroutineGenerator<void> {
    yield;
  }

  const inner = coroutine(function* () {
    try {
      yield* turn();
    } finally {
      print("inner cleaned up");
    }
  });

  const outer = coroutine(function* () {
    try {
      yield* inner();
      print("not reached");
    } finally {
      print("outer cleaned up");
    }
  });

  const suspended = outer();
  const unstarted = outer();
  suspended.send(undefined);
  suspended.close();
  print(suspended.state);
  unstarted.close();
  print(unstarted.state);
  suspended.close();
  try {
    yield* suspended;
  } catch (error) {
    print(show(error));
  }
}
