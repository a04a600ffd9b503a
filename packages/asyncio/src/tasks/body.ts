import { isAsyncFunction, isGeneratorFunction } from "../loop/function-kind.ts";
import { repr } from "../loop/repr.ts";
import type { Driver } from "./driver.ts";
import { isAwaitable, isGenerator, isThenable } from "./kinds.ts";
import { callNative, NativeBody } from "./native-body.ts";
import type { CoroutineGenerator, CoroutineIterator } from "./suspension.ts";

/** What a body may return. A body is a function, so nothing has started yet. */
export type Body<T> = CoroutineGenerator<T> | PromiseLike<T>;

/** A function with its arguments: the content of a coroutine that has not started. */
export type BodyFunction = (this: unknown, ...args: never[]) => unknown;

/**
 * Starts a body for `driver` and returns the iterator that the driver steps. Of a generator function this is the bare
 * generator, without a wrapper: `yield*` passes through ten frames as fast as through ten generators. It is made here,
 * at the first step, inside the task's context and frame (future JavaScript gives generators the context they were
 * created in).
 */
export function startBody(
  driver: Driver,
  fn: BodyFunction,
  self: unknown,
  args: readonly unknown[],
): CoroutineIterator<unknown> {
  if (isGeneratorFunction(fn)) return fn.apply(self, args as never[]) as CoroutineIterator<unknown>;
  const started = callNative(driver, () => {
    const result = fn.apply(self, args as never[]);
    return isAsyncFunction(fn) || !isIterable(result) ? new NativeBody(driver._task, asPromise(result, fn)) : result;
  });
  return started instanceof NativeBody ? started[Symbol.iterator]() : iteratorOf(started);
}

function isIterable(value: unknown): value is object {
  return isGenerator(value) || isAwaitable(value);
}

function iteratorOf(value: object): CoroutineIterator<unknown> {
  return (value as Iterable<unknown> as { [Symbol.iterator](): CoroutineIterator<unknown> })[Symbol.iterator]();
}

function asPromise(value: unknown, fn: BodyFunction): PromiseLike<unknown> {
  if (isThenable(value)) return value;
  const name = fn.name === "" ? "the function" : `${fn.name}()`;
  throw new TypeError(`a coroutine was expected, but ${name} returned ${repr(value)}; write async or function*`);
}
