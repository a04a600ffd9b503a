import { type AwaitableLike, ensureFuture } from "../tasks/ensure-future.ts";
import type { Future } from "../tasks/future.ts";
import { FollowingFuture } from "../tasks/private-future.ts";

/**
 * Waits for an awaitable that a cancellation of the waiting task must not stop: the wait ends with `CancelledError`, the
 * awaitable runs on. Its error, when nobody waits for it any more, is reported. asyncio: `shield()`.
 */
export function shield<T>(awaitable: AwaitableLike<T>): Future<T> {
  const inner = ensureFuture(awaitable);
  if (inner.done()) return inner;
  const outer = new FollowingFuture<T>(inner._loop, [inner]);
  const onInnerDone = (): void => {
    if (outer.cancelled()) return;
    if (inner.cancelled()) outer.cancel();
    else if (inner._state === 1) outer.setResult(inner.result());
    else outer.setException(inner.exception());
  };
  inner.addDoneCallback(onInnerDone);
  outer.addDoneCallback(() => {
    if (inner.done()) return;
    inner.removeDoneCallback(onInnerDone);
    // However many shields were left, the error is reported once.
    inner.removeDoneCallback(reportError);
    inner.addDoneCallback(reportError);
  });
  return outer;
}

function reportError(future: Future<unknown>): void {
  if (future.cancelled()) return;
  const error = future.exception();
  if (error === null) return;
  const name = error instanceof Error ? error.constructor.name : typeof error;
  future._loop.callExceptionHandler({ message: `${name} exception in shielded future`, exception: error, future });
}
