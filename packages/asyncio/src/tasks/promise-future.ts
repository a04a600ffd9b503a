import type { EventLoop } from "./event-loop.ts";
import { Future } from "./future.ts";

/** A future that follows a promise. The promise cannot be stopped: a cancelled future lets it run and drops its outcome. */
class PromiseFuture<T> extends Future<T> {
  override get _private(): boolean {
    return true;
  }

  override get _isOutside(): boolean {
    return true;
  }
}

export function wrapThenable<T>(promise: PromiseLike<T>, loop: EventLoop): Future<T> {
  const future = new PromiseFuture<T>(loop);
  promise.then(
    (value) => {
      if (!future.done()) future.setResult(value);
    },
    (error) => {
      if (!future.done()) future.setException(error);
    },
  );
  return future;
}
