// call_exception_handler() gives the context as it is; without a handler nothing of it reaches the caller.

import type { CoroutineGenerator } from "asyncio-ts";
import { getRunningLoop } from "asyncio-ts";
import { kind, type Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const loop = getRunningLoop();
  const seen: unknown[] = [];
  print(loop.getExceptionHandler());
  loop.setExceptionHandler((_loop, context) => seen.push([context.message, Object.keys(context).sort()]));
  const future = loop.createFuture<void>();
  loop.callExceptionHandler({ message: "one", future });
  loop.callExceptionHandler({ message: "two", exception: new RangeError("x") });
  print(seen);
  for (const bad of [123, "text"]) {
    try {
      loop.setExceptionHandler(bad as never);
    } catch (error) {
      print(kind(error));
    }
  }
  loop.setExceptionHandler(null);
  print(loop.getExceptionHandler());
}

export async function native(print: Print): Promise<void> {
  const loop = getRunningLoop();
  const seen: unknown[] = [];
  print(loop.getExceptionHandler());
  loop.setExceptionHandler((_loop, context) => seen.push([context.message, Object.keys(context).sort()]));
  const future = loop.createFuture<void>();
  loop.callExceptionHandler({ message: "one", future });
  loop.callExceptionHandler({ message: "two", exception: new RangeError("x") });
  print(seen);
  for (const bad of [123, "text"]) {
    try {
      loop.setExceptionHandler(bad as never);
    } catch (error) {
      print(kind(error));
    }
  }
  loop.setExceptionHandler(null);
  print(loop.getExceptionHandler());
}
