import { type Delay, toSeconds } from "../loop/delay.ts";
import { TimeoutError } from "../loop/errors.ts";
import { repr } from "../loop/repr.ts";
import { type BlockingOptions, blockUntil, checkBlocking } from "./blocking.ts";
import type { Future } from "./future.ts";
import { isConcurrentFuture } from "./wrap-future.ts";

export interface AsCompletedOptions extends BlockingOptions {
  /** Seconds from the call after which asking for a future that is not there throws `TimeoutError`; default: never. */
  readonly timeout?: Delay | null;
}

/** Futures in the order in which they are done; each comes once. */
export interface AsCompleted<F extends Future<unknown>> extends IterableIterator<F, undefined> {
  /** Waits without blocking. The loop's variable is the future, whose `result()` is there. */
  [Symbol.asyncIterator](): AsyncIterableIterator<{ readonly future: F }, undefined>;
}

/**
 * Gives futures as they are done, first those that are already; `for` blocks the thread meanwhile. `for await` does not;
 * it gives `{ future }`, because TypeScript takes a bare future there for its result. Leaving the loop changes
 * nothing for the jobs. concurrent.futures: `as_completed()`.
 */
export function asCompleted<F extends Future<unknown>>(
  futures: Iterable<F>,
  options: AsCompletedOptions = {},
): AsCompleted<F> {
  return new Completion(futures, options);
}

class Completion<F extends Future<unknown>> implements AsCompleted<F> {
  private readonly options: AsCompletedOptions;
  private readonly seconds: number | null;
  private readonly deadline: number | null;
  private readonly ready: F[] = [];
  private given: number = 0;
  private readonly total: number;
  private readonly pending: Map<F, () => void> = new Map();
  private wake: (() => void) | null = null;

  constructor(futures: Iterable<F>, options: AsCompletedOptions) {
    const { timeout = null } = options;
    this.options = options;
    this.seconds = timeout === null ? null : toSeconds(timeout);
    this.deadline = this.seconds === null ? null : performance.now() + this.seconds * 1000;
    const all = new Set(futures);
    this.total = all.size;
    for (const future of all) {
      if (!isConcurrentFuture(future)) throw new TypeError(`futures of an executor are expected, got ${repr(future)}`);
    }
    for (const future of all) {
      const onEnd = (): void => {
        this.pending.delete(future);
        this.ready.push(future);
        this.wake?.();
      };
      if (future._addWaiter(onEnd)) this.pending.set(future, onEnd);
      else this.ready.push(future);
    }
  }

  next(): IteratorResult<F, undefined> {
    if (this.given === this.total) return { done: true, value: undefined };
    if (this.given === this.ready.length) {
      checkBlocking("asCompleted()", "use `for await`", this.options);
      const isHopeless = (): boolean =>
        this.deadline === null && ![...this.pending.keys()].some((future) => future._job?._canBlock === true);
      if (!blockUntil(() => this.given < this.ready.length, this.deadline, isHopeless)) throw this.late();
    }
    return { done: false, value: this.ready[this.given++]! };
  }

  private late(): TimeoutError {
    this.stop();
    const left = this.total - this.ready.length;
    return new TimeoutError(`${left} (of ${this.total}) futures unfinished`, { delay: this.seconds! });
  }

  private stop(): void {
    for (const [future, listener] of this.pending) future._removeWaiter(listener);
  }

  return(): IteratorResult<F, undefined> {
    this.stop();
    this.given = this.total;
    return { done: true, value: undefined };
  }

  [Symbol.iterator](): this {
    return this;
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<{ readonly future: F }, undefined> {
    const iterator: AsyncIterableIterator<{ readonly future: F }, undefined> = {
      next: async () => {
        if (this.given === this.total) return { done: true, value: undefined };
        if (this.given === this.ready.length) await this.another();
        return { done: false, value: { future: this.ready[this.given++]! } };
      },
      return: async () => this.return() as { done: true; value: undefined },
      [Symbol.asyncIterator]: () => iterator,
    };
    return iterator;
  }

  private another(): Promise<void> {
    return new Promise((resolve, reject) => {
      const left = this.deadline === null ? null : Math.max(0, this.deadline - performance.now());
      const timer = left === null ? undefined : setTimeout(() => reject(this.late()), left);
      this.wake = () => {
        this.wake = null;
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
