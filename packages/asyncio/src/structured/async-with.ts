import { repr } from "../loop/repr.ts";
import type { Body } from "../tasks/body.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { callBody } from "./call-body.ts";
import { type AsyncContextManager, checkManager, enter, leave, type Manager } from "./context-manager.ts";

/**
 * Enters `manager`, runs `body` with its value, and leaves it, however the body ended. Gives the body's value.
 *
 * `manager` has `aenter()` and `aexit(error?)` (see `AsyncContextManager`), or it is an object with `Symbol.asyncDispose`
 * or `Symbol.dispose`. `aexit` gets the error that leaves the body, a `CancelledError` as well. When it gives `true` the
 * error is swallowed, and the result is `undefined`. When it throws, its error comes out, and the body's error stays in
 * its chain of causes. When `aenter` throws or is cancelled, neither body nor `aexit` run.
 *
 * Throws `TypeError` for what is no manager. Python: `async with manager as value:`.
 */
export function asyncWith<V, T>(
  manager: AsyncContextManager<V, boolean>,
  body: (value: V) => Body<T>,
): Coroutine<T | undefined>;
export function asyncWith<V, T>(manager: AsyncContextManager<V>, body: (value: V) => Body<T>): Coroutine<T>;
export function asyncWith<R extends AsyncDisposable | Disposable, T>(
  resource: R,
  body: (resource: R) => Body<T>,
): Coroutine<T>;
export function asyncWith<V, T>(manager: Manager<V>, body: (value: V) => Body<T>): Coroutine<T | undefined> {
  checkManager(manager);
  if (typeof body !== "function") {
    throw new TypeError(`asyncWith(manager, body) takes a function, which is not yet running, got ${repr(body)}`);
  }
  return new FunctionCoroutine(asyncWithDefinition, undefined, [manager, body]);
}

function* asyncWithBody<V, T>(manager: Manager<V>, body: (value: V) => Body<T>): CoroutineGenerator<T | undefined> {
  const value = yield* enter(manager);
  let result: T;
  try {
    result = yield* callBody(body, undefined, value);
  } catch (error) {
    if (yield* leave(manager, { error })) return undefined;
    throw error;
  }
  yield* leave(manager, null);
  return result;
}

const asyncWithDefinition = define(asyncWithBody as never, "asyncWith");
