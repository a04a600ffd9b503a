import { type Delay, toSeconds } from "../loop/delay.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import { getRunningLoop } from "../tasks/default-loop.ts";
import { type AwaitableLike, ensureFuture } from "../tasks/ensure-future.ts";
import type { Future } from "../tasks/future.ts";
import { isCoroutine, isFuture } from "../tasks/kinds.ts";
import { FollowingFuture } from "../tasks/private-future.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import type { ResultOf } from "./gather.ts";

export const FIRST_COMPLETED = "FIRST_COMPLETED";
export const FIRST_EXCEPTION = "FIRST_EXCEPTION";
export const ALL_COMPLETED = "ALL_COMPLETED";
export type ReturnWhen = typeof FIRST_COMPLETED | typeof FIRST_EXCEPTION | typeof ALL_COMPLETED;

export interface WaitOptions {
  /** Give up waiting after so long; default: never. Nothing is cancelled, nothing thrown. */
  readonly timeout?: Delay | null;
  /** Default `ALL_COMPLETED`. `FIRST_EXCEPTION` ignores cancelled ones. */
  readonly returnWhen?: ReturnWhen;
}

/**
 * Waits for several awaitables; gives those that are done and those that are not. Bare coroutines become tasks (CPython
 * refuses them since 3.11; make the tasks yourself to know which is which). Cancelling it leaves the children running.
 * Throws `TypeError` for a single awaitable, `RangeError` for none. asyncio: `wait()`.
 */
export function wait<A>(
  awaitables: Iterable<A>,
  options: WaitOptions = {},
): Coroutine<[done: Set<Future<ResultOf<A>>>, pending: Set<Future<ResultOf<A>>>]> {
  return new FunctionCoroutine(waitDefinition, undefined, [awaitables, options]);
}

function* waitBody(
  awaitables: Iterable<AwaitableLike<unknown>>,
  options: WaitOptions,
): CoroutineGenerator<[Set<Future<unknown>>, Set<Future<unknown>>]> {
  const { timeout = null, returnWhen = ALL_COMPLETED } = options;
  if (isFuture(awaitables) || isCoroutine(awaitables)) {
    throw new TypeError(`expect a list of futures, not ${(awaitables as object).constructor.name}`);
  }
  const given = new Set(awaitables);
  if (given.size === 0) throw new RangeError("Set of Tasks/Futures is empty.");
  if (returnWhen !== FIRST_COMPLETED && returnWhen !== FIRST_EXCEPTION && returnWhen !== ALL_COMPLETED) {
    throw new RangeError(`Invalid returnWhen value: ${String(returnWhen)}`);
  }
  const loop = getRunningLoop();
  const futures = new Set([...given].map((awaitable) => ensureFuture(awaitable, { loop })));
  const waiter = new FollowingFuture<void>(loop, futures);
  const release = (): void => {
    if (!waiter.done()) waiter.setResult();
  };
  const timer = timeout === null ? null : loop.callLater(toSeconds(timeout), release);
  let left = futures.size;
  const onDone = (future: Future<unknown>): void => {
    left--;
    const enough =
      left <= 0 ||
      returnWhen === FIRST_COMPLETED ||
      (returnWhen === FIRST_EXCEPTION && !future.cancelled() && future.exception() !== null);
    if (!enough) return;
    timer?.cancel();
    release();
  };
  for (const future of futures) future.addDoneCallback(onDone);
  try {
    yield* waiter;
  } finally {
    timer?.cancel();
    for (const future of futures) future.removeDoneCallback(onDone);
  }
  const done = new Set<Future<unknown>>();
  const pending = new Set<Future<unknown>>();
  for (const future of futures) (future.done() ? done : pending).add(future);
  return [done, pending];
}

const waitDefinition = define(waitBody as never, "wait");
