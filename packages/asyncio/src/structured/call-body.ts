import { RuntimeError } from "../loop/errors.ts";
import { coroutineFunctionBrand, isGeneratorFunction } from "../loop/function-kind.ts";
import { driverHere } from "../tasks/ambient.ts";
import { type Body, startBody } from "../tasks/body.ts";
import type { Driver } from "../tasks/driver.ts";
import { isAwaitable, isGenerator, isThenable } from "../tasks/kinds.ts";
import { callNative, NativeBody } from "../tasks/native-body.ts";
import type { CoroutineGenerator, CoroutineIterator, Suspension } from "../tasks/suspension.ts";
import { iterate } from "./within.ts";

type Fn<A extends unknown[], R> = (...args: A) => R;

/** Calls a function that users gave, as part of the coroutine that runs here. For `yield*`. */
export function callBody<A extends unknown[], T>(
  fn: Fn<A, Body<T>>,
  self: unknown,
  ...args: A
): Iterable<Suspension, T, unknown> {
  if (startsNothing(fn)) return fn.apply(self, args) as Iterable<Suspension, T, unknown>;
  return iterate(startBody(driverOf(fn), fn as never, self, args) as CoroutineIterator<T>);
}

/** As `callBody`, for a function that may give a plain value, too. */
export function* callAny<A extends unknown[]>(
  fn: Fn<A, unknown>,
  self: unknown,
  ...args: A
): CoroutineGenerator<unknown> {
  if (startsNothing(fn)) return yield* fn.apply(self, args) as Iterable<Suspension, unknown, unknown>;
  const driver = driverOf(fn);
  return yield* settled(
    driver,
    callNative(driver, () => fn.apply(self, args)),
  );
}

/** The result of what may be awaitable; a promise is awaited as native code of the driver's task would. */
export function* settled(driver: Driver, value: unknown): CoroutineGenerator<unknown> {
  if (isGenerator(value) || isAwaitable(value)) return yield* value as Iterable<Suspension, unknown, unknown>;
  if (isThenable(value)) return yield* iterate(new NativeBody(driver._task, value)[Symbol.iterator]());
  return value;
}

/** Calling it runs no code of its body yet: the coroutine that it makes can be iterated as it is. */
function startsNothing(fn: unknown): boolean {
  return (
    isGeneratorFunction(fn) || (fn as { readonly [coroutineFunctionBrand]?: unknown })[coroutineFunctionBrand] === true
  );
}

function driverOf(fn: { readonly name: string }): Driver {
  const driver = driverHere();
  if (driver === null) throw new RuntimeError(`only a task can run '${fn.name}', which is no generator coroutine`);
  return driver;
}
