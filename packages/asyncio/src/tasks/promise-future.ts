import type { EventLoop } from "./event-loop.ts";
import type { Future } from "./future.ts";
import { OutsideFuture } from "./outside-future.ts";

/** A future that follows a promise. The promise cannot be stopped: a cancelled future lets it run and drops its outcome. */
export function wrapThenable<T>(promise: PromiseLike<T>, loop: EventLoop): Future<T> {
  const future = new OutsideFuture<T>(loop);
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
