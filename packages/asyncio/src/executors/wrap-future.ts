import { repr } from "../loop/repr.ts";
import { getEventLoop } from "../tasks/default-loop.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { Future as LoopFuture } from "../tasks/future.ts";
import { isFuture } from "../tasks/kinds.ts";
import { asLoopFuture, concurrentFutureBrand, type Future } from "./future.ts";

/**
 * A future of `loop` (default: the running one) for a future of an executor. Cancelling it cancels the executor's, as far
 * as its job can be cancelled. A loop's future is given back as it is. Throws `TypeError` for anything else.
 * asyncio: `wrap_future()`.
 */
export function wrapFuture<T>(
  future: Future<T> | LoopFuture<T>,
  options: { readonly loop?: EventLoop } = {},
): LoopFuture<T> {
  if (isFuture(future)) return future as LoopFuture<T>;
  if (!isConcurrentFuture(future)) throw new TypeError(`concurrent Future is expected, got ${repr(future)}`);
  return asLoopFuture(future as Future<T>, options.loop ?? getEventLoop());
}

/** Whether a value is a future of an executor, of any copy of the package. */
export function isConcurrentFuture(value: unknown): value is Future<unknown> {
  return (
    typeof value === "object" &&
    value !== null &&
    (value as { readonly [concurrentFutureBrand]?: unknown })[concurrentFutureBrand] === true
  );
}
