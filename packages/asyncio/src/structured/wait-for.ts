import { type Delay, toSeconds } from "../loop/delay.ts";
import { isCancelled, TimeoutError } from "../loop/errors.ts";
import { driverHere } from "../tasks/ambient.ts";
import { startBody } from "../tasks/body.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import { type CoroutineLike, isCoroutineLike, notACoroutine } from "../tasks/coroutine-like.ts";
import { getRunningLoop } from "../tasks/default-loop.ts";
import { ensureFuture } from "../tasks/ensure-future.ts";
import type { Future } from "../tasks/future.ts";
import { isFuture } from "../tasks/kinds.ts";
import { FollowingFuture } from "../tasks/private-future.ts";
import type { CoroutineGenerator, CoroutineIterator, Suspension } from "../tasks/suspension.ts";
import { Timeout } from "./timeout.ts";
import { iterate } from "./within.ts";

/**
 * Waits for a coroutine or future at most `timeout` (null: for ever); then cancels it, waits until it has cleaned up and
 * throws `TimeoutError`. A coroutine runs inside the calling task. With a timeout ≤ 0 a done future gives its result
 * and an unstarted coroutine never starts. Throws `TypeError` for a promise, which could not be stopped.
 * asyncio: `wait_for()`.
 */
export function waitFor<T>(awaitable: CoroutineLike<T> | Future<T>, timeout: Delay | null): Coroutine<T> {
  if (!isFuture(awaitable) && !isCoroutineLike(awaitable)) throw notACoroutine(awaitable);
  const seconds = timeout === null || timeout === undefined ? null : toSeconds(timeout);
  return new FunctionCoroutine(waitForDefinition, undefined, [awaitable, seconds]);
}

function* waitForBody<T>(awaitable: CoroutineLike<T> | Future<T>, seconds: number | null): CoroutineGenerator<T> {
  if (seconds !== null && seconds <= 0) return yield* cancelAtOnce(awaitable, seconds);
  const when = seconds === null ? null : getRunningLoop().time() + seconds;
  return yield* Timeout._make(when, seconds)._run(inline, awaitable);
}

function* inline<T>(awaitable: CoroutineLike<T> | Future<T>): CoroutineGenerator<T> {
  if (typeof awaitable !== "function") return yield* awaitable as Iterable<Suspension, T, unknown>;
  return yield* iterate(startBody(driverHere()!, awaitable as never, undefined, []) as CoroutineIterator<T>);
}

function* cancelAtOnce<T>(awaitable: CoroutineLike<T> | Future<T>, seconds: number): CoroutineGenerator<T> {
  const future = ensureFuture(awaitable);
  if (future.done()) return future.result();
  const waiter = new FollowingFuture<void>(future._loop, [future]);
  const release = (): void => {
    if (!waiter.done()) waiter.setResult();
  };
  future.addDoneCallback(release);
  try {
    future.cancel();
    yield* waiter;
  } finally {
    future.removeDoneCallback(release);
  }
  try {
    return future.result();
  } catch (error) {
    if (isCancelled(error)) throw new TimeoutError("", { cause: error, delay: seconds });
    throw error;
  }
}

const waitForDefinition = define(waitForBody as never, "waitFor");
