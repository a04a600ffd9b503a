import { repr } from "../loop/repr.ts";
import { callAny } from "../structured/call-body.ts";
import { keepEarlier } from "../structured/error-context.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import { getRunningLoop } from "../tasks/default-loop.ts";
import { isThenable } from "../tasks/kinds.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { OutsideFuture } from "./outside-future.ts";
import { receive } from "./receive.ts";

/** Node's form of callback: an error, or null and a value. */
export type Callback<T> = (error?: unknown, value?: T) => void;

/**
 * Calls `start` with a callback of Node's form and waits for it to be called: with an error, which is thrown, or with
 * null and a value. `start` is called when the coroutine is awaited; what it throws is thrown.
 *
 * When `start` returns a function, that is called once the wait is over, however it ended, and may be asynchronous: it
 * removes a listener, or stops the work of a task that was cancelled. The callback may be called at once. Only the first
 * call counts: an error that comes later, and in debug mode a value, is reported. Node: `util.promisify`.
 */
export function fromCallback<T = void>(start: (callback: Callback<T>) => unknown): Coroutine<T> {
  if (typeof start !== "function")
    throw new TypeError(`fromCallback((callback) => …) takes a function, got ${repr(start)}`);
  return new FunctionCoroutine(fromCallbackDefinition, undefined, [start]);
}

function* fromCallbackBody<T>(start: (callback: Callback<T>) => unknown): CoroutineGenerator<T> {
  const loop = getRunningLoop();
  const future = new OutsideFuture<T>({ loop });
  const callback: Callback<T> = (error, value) => {
    if (!future.done()) {
      if (isError(error)) future.setException(error);
      else future.setResult(value as T);
    } else if (loop.isClosed()) {
      return;
    } else if (isError(error)) {
      if (future.cancelled()) return; // What was stopped says that it was stopped.
      loop.callExceptionHandler({ message: "fromCallback(): the callback was called again", exception: error, future });
    } else if (loop.getDebug() && !future.cancelled()) {
      loop.callExceptionHandler({
        message: `fromCallback(): the callback was called again, with ${repr(value)}`,
        future,
      });
    }
  };
  const cleanUp = start(callback);
  // An async `start` that fails would never call back.
  if (isThenable(cleanUp)) cleanUp.then(undefined, callback);
  let value: T;
  try {
    value = yield* receive(future);
  } catch (error) {
    if (typeof cleanUp === "function") yield* cleanUpAfter(cleanUp as () => unknown, error);
    throw error;
  }
  if (typeof cleanUp === "function") yield* callAny(cleanUp as () => unknown, undefined);
  return value;
}

function* cleanUpAfter(cleanUp: () => unknown, error: unknown): CoroutineGenerator<void> {
  try {
    yield* callAny(cleanUp, undefined);
  } catch (later) {
    keepEarlier(later, error);
    throw later;
  }
}

function isError(error: unknown): boolean {
  return error !== null && error !== undefined && error !== false;
}

const fromCallbackDefinition = define(fromCallbackBody as never, "fromCallback");
