// A coroutine can be driven by hand: send() and throw() go to the place where it is suspended.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, StopIteration } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  function* turn(): CoroutineGenerator<void> {
    yield;
  }

  const work = coroutine(function* () {
    print("started");
    try {
      yield* turn();
      print("resumed");
      yield* turn();
    } catch (error) {
      print("thrown", show(error));
      yield* turn();
    }
    return "result";
  });

  const attempt = (action: () => unknown): void => {
    try {
      print("suspended", action() === undefined);
    } catch (error) {
      if (error instanceof StopIteration) print("ended with", error.value);
      else print(show(error));
    }
  };

  const coro = work();
  print(coro.state);
  attempt(() => coro.send(undefined));
  print(coro.state);
  attempt(() => coro.send(undefined));
  attempt(() => coro.throw(new RangeError("by hand")));
  attempt(() => coro.send(undefined));
  print(coro.state);
  attempt(() => coro.send(undefined));
  const unstarted = work();
  attempt(() => unstarted.throw(new RangeError("before the start")));
  print(unstarted.state);
}
