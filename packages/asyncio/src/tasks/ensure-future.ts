import { repr } from "../loop/repr.ts";
import type { Awaitable } from "./awaitable.ts";
import type { CoroutineLike } from "./coroutine-like.ts";
import { getEventLoop } from "./default-loop.ts";
import type { EventLoop } from "./event-loop.ts";
import type { Future } from "./future.ts";
import { isAwaitable, isCoroutine, isFuture, isGenerator, isThenable } from "./kinds.ts";
import { wrapThenable } from "./promise-future.ts";

/** What `gather`, `wait`, `shield`, `asCompleted` and `ensureFuture` take. */
export type AwaitableLike<T> = CoroutineLike<T> | PromiseLike<T>;

/**
 * A future for anything awaitable: futures and tasks unchanged, a coroutine as a new task, a promise as a future that
 * follows it (cancelling it does not stop the promise's work). Throws `TypeError` for the rest and `RangeError` for a
 * future of another loop than `loop`. asyncio: `ensure_future()`.
 */
export function ensureFuture<T>(awaitable: AwaitableLike<T>, options: { readonly loop?: EventLoop } = {}): Future<T> {
  if (isFuture(awaitable)) {
    if (options.loop !== undefined && awaitable._loop !== options.loop) {
      throw new RangeError("The future belongs to a different loop than the one specified as the loop argument");
    }
    return awaitable as Future<T>;
  }
  const loop = options.loop ?? getEventLoop();
  if (isCoroutine(awaitable) || isGenerator(awaitable) || typeof awaitable === "function") {
    return loop.createTask<T>(awaitable as CoroutineLike<T>);
  }
  if (isAwaitable(awaitable)) {
    const waits = awaitable as Awaitable<T>;
    return loop.createTask<T>(function* wrapAwaitable() {
      return yield* waits;
    });
  }
  if (isThenable(awaitable)) return wrapThenable<T>(awaitable as PromiseLike<T>, loop);
  throw new TypeError(`An asyncio.Future, a coroutine or an awaitable is required, got ${repr(awaitable)}`);
}
