// Fact 25: what result(), exception() and the setters do in each state.

import type { CoroutineGenerator } from "asyncio-ts";
import { getRunningLoop, InvalidStateError } from "asyncio-ts";
import { kind, type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const attempt = (label: string, action: () => unknown): void => {
    try {
      print(label, action());
    } catch (error) {
      print(label, error instanceof InvalidStateError ? kind(error) : show(error));
    }
  };

  const loop = getRunningLoop();
  const pending = loop.createFuture<number>();
  const done = loop.createFuture<number>();
  const failed = loop.createFuture<number>();
  const cancelled = loop.createFuture<number>();
  done.setResult(7);
  failed.setException(new RangeError("bad"));
  print(cancelled.cancel("why"), cancelled.cancel("again"), done.cancel());
  for (const [name, future] of Object.entries({ pending, done, failed, cancelled })) {
    print(name, future.done(), future.cancelled());
    attempt("  result:", () => future.result());
    attempt("  exception:", () => (future.exception() ? show(future.exception()) : null));
    if (future !== pending) {
      attempt("  set result:", () => future.setResult(8));
      attempt("  set exception:", () => future.setException(new TypeError("no")));
    }
  }
  print(done.result(), show(failed.exception()));
}

export async function native(print: Print): Promise<void> {
  const attempt = (label: string, action: () => unknown): void => {
    try {
      print(label, action());
    } catch (error) {
      print(label, error instanceof InvalidStateError ? kind(error) : show(error));
    }
  };

  const loop = getRunningLoop();
  const pending = loop.createFuture<number>();
  const done = loop.createFuture<number>();
  const failed = loop.createFuture<number>();
  const cancelled = loop.createFuture<number>();
  done.setResult(7);
  failed.setException(new RangeError("bad"));
  print(cancelled.cancel("why"), cancelled.cancel("again"), done.cancel());
  for (const [name, future] of Object.entries({ pending, done, failed, cancelled })) {
    print(name, future.done(), future.cancelled());
    attempt("  result:", () => future.result());
    attempt("  exception:", () => (future.exception() ? show(future.exception()) : null));
    if (future !== pending) {
      attempt("  set result:", () => future.setResult(8));
      attempt("  set exception:", () => future.setException(new TypeError("no")));
    }
  }
  print(done.result(), show(failed.exception()));
}
