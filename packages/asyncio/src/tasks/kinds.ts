import { coroutineBrand, coroutineFunctionBrand, isAsyncFunction, isGeneratorFunction } from "../loop/function-kind.ts";
import type { Awaitable } from "./awaitable.ts";
import type { Coroutine } from "./coroutine.ts";
import type { Future } from "./future.ts";

/** Brands are registered symbols, so that two copies of the package recognise each other's objects. */
export const futureBrand: unique symbol = Symbol.for("asyncio-ts.Future");

/** Whether a value is a Future or Task (of any copy of the package). asyncio: `isfuture`. */
export function isFuture(value: unknown): value is Future<unknown> {
  return (
    typeof value === "object" && value !== null && (value as { readonly [futureBrand]?: unknown })[futureBrand] === true
  );
}

/** Whether a value is a coroutine object. asyncio: `iscoroutine`. */
export function isCoroutine(value: unknown): value is Coroutine<unknown> {
  return (
    typeof value === "object" &&
    value !== null &&
    (value as { readonly [coroutineBrand]?: unknown })[coroutineBrand] === true
  );
}

/** Whether calling a value gives a coroutine: made by `coroutine()`, or a generator or async function. asyncio: `iscoroutinefunction`. */
export function isCoroutineFunction(value: unknown): value is (...args: never[]) => unknown {
  if (typeof value !== "function") return false;
  if ((value as { readonly [coroutineFunctionBrand]?: unknown })[coroutineFunctionBrand] === true) return true;
  return isGeneratorFunction(value) || isAsyncFunction(value);
}

/** Whether both `await` and `yield*` take a value: a coroutine, future or task. Python: `inspect.isawaitable`. */
export function isAwaitable(value: unknown): value is Awaitable<unknown> {
  return isFuture(value) || isCoroutine(value) || (isThenable(value) && Symbol.iterator in value);
}

export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    (typeof value === "object" || typeof value === "function") &&
    value !== null &&
    typeof (value as { readonly then?: unknown }).then === "function"
  );
}

/** A generator object: what calling a `function*` gives. */
export function isGenerator(value: unknown): value is Generator<unknown, unknown, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const { next, throw: toThrow } = value as { readonly next?: unknown; readonly throw?: unknown };
  return typeof next === "function" && typeof toThrow === "function" && !isFuture(value);
}
