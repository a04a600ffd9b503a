import { type Delay, toSeconds } from "../loop/delay.ts";
import { TimeoutError } from "../loop/errors.ts";
import type { TimerHandle } from "../loop/handle.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import { getEventLoop } from "../tasks/default-loop.ts";
import { type AwaitableLike, ensureFuture } from "../tasks/ensure-future.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { Future } from "../tasks/future.ts";
import { isCoroutine, isFuture } from "../tasks/kinds.ts";
import { FollowingFuture } from "../tasks/private-future.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import type { ResultOf } from "./gather.ts";

/**
 * What `asCompleted` returns. `for await` gives the futures themselves (tasks come back as the same objects), `for` gives
 * coroutines, each of which resolves to the next result.
 * Not `AsyncIterable<Future<T>>`: TypeScript types `for await` over that as T, while the value at run time is the Future.
 */
export interface AsCompleted<T> extends Iterable<Coroutine<T>> {
  [Symbol.asyncIterator](): { next(): Promise<IteratorResult<Future<T>, undefined>> };
}

/**
 * Awaitables in the order in which they finish. Coroutines become tasks.
 * After `timeout` the iteration throws `TimeoutError`; nothing is cancelled. asyncio: `as_completed()`.
 */
export function asCompleted<A>(
  awaitables: Iterable<A>,
  options: { readonly timeout?: Delay | null } = {},
): AsCompleted<ResultOf<A>> {
  if (isFuture(awaitables) || isCoroutine(awaitables)) {
    throw new TypeError(`expect an iterable of awaitables, not ${(awaitables as object).constructor.name}`);
  }
  return new Completions(awaitables as Iterable<never>, options.timeout ?? null);
}

class Completions<T> implements AsCompleted<T> {
  private readonly loop: EventLoop;
  private readonly pending: Set<Future<T>>;
  /** Finished ones that nobody has asked for; null for one that the timeout took away. */
  private readonly finished: (Future<T> | null)[] = [];
  private readonly waiters: FollowingFuture<void>[] = [];
  private readonly timer: TimerHandle | null;
  private left: number;

  constructor(awaitables: Iterable<AwaitableLike<T>>, timeout: Delay | null) {
    this.loop = getEventLoop();
    this.pending = new Set([...new Set(awaitables)].map((awaitable) => ensureFuture(awaitable, { loop: this.loop })));
    this.left = this.pending.size;
    for (const future of this.pending) future.addDoneCallback(this.onDone);
    this.timer =
      timeout === null || this.left === 0 ? null : this.loop.callLater(toSeconds(timeout), () => this.onTimeout());
  }

  *[Symbol.iterator](): Generator<Coroutine<T>, undefined> {
    while (this.left > 0) {
      this.left--;
      yield new FunctionCoroutine<T>(nextResult, this, []);
    }
    return undefined;
  }

  [Symbol.asyncIterator](): { next(): Promise<IteratorResult<Future<T>, undefined>> } {
    return {
      next: () => {
        if (this.left === 0) return Promise.resolve({ done: true, value: undefined });
        this.left--;
        return new FunctionCoroutine<IteratorResult<Future<T>, undefined>>(nextItem, this, []).then();
      },
    };
  }

  *nextResult(): CoroutineGenerator<T> {
    return (yield* this.nextFinished()).result();
  }

  *nextItem(): CoroutineGenerator<IteratorResult<Future<T>, undefined>> {
    return { done: false, value: yield* this.nextFinished() };
  }

  private *nextFinished(): CoroutineGenerator<Future<T>> {
    while (this.finished.length === 0) {
      const waiter = new FollowingFuture<void>(this.loop, this.pending);
      this.waiters.push(waiter);
      try {
        yield* waiter;
      } catch (error) {
        const at = this.waiters.indexOf(waiter);
        if (at >= 0) this.waiters.splice(at, 1);
        else if (this.finished.length > 0) this.wakeNext(); // Woken and cancelled: somebody else takes it.
        throw error;
      }
    }
    const future = this.finished.shift()!;
    if (future === null) throw new TimeoutError();
    return future;
  }

  private readonly onDone = (future: Future<T>): void => {
    if (!this.pending.delete(future)) return; // The timeout was here first.
    this.add(future);
    if (this.pending.size === 0) this.timer?.cancel();
  };

  private onTimeout(): void {
    for (const future of this.pending) {
      future.removeDoneCallback(this.onDone);
      this.add(null);
    }
    this.pending.clear();
  }

  private add(item: Future<T> | null): void {
    this.finished.push(item);
    this.wakeNext();
  }

  private wakeNext(): void {
    for (let waiter = this.waiters.shift(); waiter !== undefined; waiter = this.waiters.shift()) {
      if (waiter.done()) continue;
      return waiter.setResult();
    }
  }
}

const nextResult = define(Completions.prototype.nextResult as never, "_waitForOne");
const nextItem = define(Completions.prototype.nextItem as never, "_waitForOne");
