import type { Body } from "../tasks/body.ts";
import { startBody } from "../tasks/body.ts";
import type { Driver } from "../tasks/driver.ts";
import type { Scope } from "../tasks/scope.ts";
import type { CoroutineGenerator, CoroutineIterator, Suspension } from "../tasks/suspension.ts";

/** Runs a body as part of the coroutine that `driver` steps, inside a scope. */
export function* within<A extends unknown[], T>(
  driver: Driver,
  scope: Scope,
  body: (...args: A) => Body<T>,
  ...args: A
): CoroutineGenerator<T> {
  const outer = driver._scope;
  scope._enterFrom(outer);
  driver._scope = scope;
  try {
    return yield* iterate(startBody(driver, body as never, undefined, args) as CoroutineIterator<T>);
  } finally {
    driver._scope = outer;
  }
}

/** For `yield*`: what coroutines hand to their drivers is always its own iterator as well. */
export function iterate<T>(iterator: CoroutineIterator<T>): Iterable<Suspension, T, unknown> {
  return iterator as CoroutineIterator<T> & Iterable<Suspension, T, unknown>;
}
