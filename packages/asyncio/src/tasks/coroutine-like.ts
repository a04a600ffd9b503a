import { repr } from "../loop/repr.ts";
import { type Body, startBody } from "./body.ts";
import { CLAIMED, type Coroutine, CREATED } from "./coroutine.ts";
import type { Driver } from "./driver.ts";
import { isCoroutine, isGenerator, isThenable } from "./kinds.ts";
import type { CoroutineGenerator, CoroutineIterator } from "./suspension.ts";

/** What `createTask`, `run`, `timeout`, `waitFor` … take: something that has not started. */
export type CoroutineLike<T> = Coroutine<T> | CoroutineGenerator<T> | (() => Body<T>);

export function isCoroutineLike(value: unknown): boolean {
  return isCoroutine(value) || typeof value === "function" || (isGenerator(value) && !isThenable(value));
}

/** The error for what `createTask` and the like cannot take. */
export function notACoroutine(value: unknown): TypeError {
  const advice =
    isThenable(value) && !isCoroutine(value)
      ? "; it is running already and cannot be stopped: give the function that makes it, `() => …`, " +
        "or wrapPromise((signal) => …)"
      : "";
  return new TypeError(`a coroutine was expected, got ${repr(value)}${advice}`);
}

/** What `driver` is to step. */
export function startCoroutineLike<T>(driver: Driver, source: CoroutineLike<T>): CoroutineIterator<T> {
  if (isCoroutine(source)) return source._start(driver) as CoroutineIterator<T>;
  if (typeof source === "function")
    return startBody(driver, source as () => unknown, undefined, []) as CoroutineIterator<T>;
  return source as unknown as CoroutineIterator<T>;
}

/** A coroutine that will never run because its task cannot: no report that it was never awaited. */
export function closeUnstarted(source: unknown): void {
  if (isCoroutine(source) && (source._phase === CREATED || source._phase === CLAIMED)) source.close();
}
