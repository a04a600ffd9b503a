import type { Future } from "../executors/future.ts";
import { OutsideFuture } from "../interop/outside-future.ts";
import { type Delay, toSeconds } from "../loop/delay.ts";
import { isCancelled, RuntimeError, TimeoutError } from "../loop/errors.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import { getRunningLoop } from "../tasks/default-loop.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";

export interface AsyncOptions<T> {
  /** Called with the result. */
  readonly callback?: ((value: T) => void) | null;
  /** Called with the error, when there is one. */
  readonly errorCallback?: ((error: unknown) => void) | null;
}

/** What a pool is going to give. multiprocessing: `AsyncResult`. */
export class AsyncResult<T> {
  private readonly futures: readonly Future<unknown>[];
  private readonly assemble: (results: unknown[]) => T;
  private left: number;
  private outcome: { readonly failed: boolean; readonly value: unknown } | null = null;
  /** The first that failed, by time. */
  private failure: { readonly error: unknown } | null = null;
  private readonly waiting: Set<OutsideFuture<void>> = new Set();
  private readonly options: AsyncOptions<T>;

  /** @internal */
  constructor(futures: readonly Future<unknown>[], assemble: (results: unknown[]) => T, options: AsyncOptions<T>) {
    this.futures = futures;
    this.assemble = assemble;
    this.options = options;
    this.left = futures.length;
    for (const each of futures) each.addDoneCallback((future) => this.done(future));
    if (futures.length === 0) this.settle();
  }

  private done(future: Future<unknown>): void {
    if (this.failure === null) {
      try {
        future.result();
      } catch (error) {
        this.failure = { error };
      }
    }
    if (--this.left === 0) this.settle();
  }

  private settle(): void {
    let { failure } = this;
    let value: T | undefined;
    if (failure === null) {
      try {
        value = this.assemble(this.futures.map((each) => each.result()));
      } catch (error) {
        failure = { error };
      }
    }
    this.outcome = failure === null ? { failed: false, value } : { failed: true, value: failure.error };
    for (const each of this.waiting) if (!each.done()) each.setResult();
    this.waiting.clear();
    if (failure === null) this.options.callback?.(value as T);
    else this.options.errorCallback?.(failure.error);
  }

  /** Whether it is there, or the error is. */
  ready(): boolean {
    return this.outcome !== null;
  }

  /** Whether there was no error. Throws `RangeError` before it is ready. */
  successful(): boolean {
    if (this.outcome === null) throw new RangeError(`${this} not ready`);
    return !this.outcome.failed;
  }

  /**
   * Waits for the result. Throws the error of the first call that has failed, once all of them are over, and
   * `TimeoutError` after `timeout` (default null: never). Cancelling it leaves the calls alone.
   */
  get(timeout: Delay | null = null): Coroutine<T> {
    return new FunctionCoroutine(getDefinition, this, [timeout === null ? null : toSeconds(timeout), false]);
  }

  /** Waits until it is ready, or for `timeout`. */
  wait(timeout: Delay | null = null): Coroutine<void> {
    return new FunctionCoroutine(waitDefinition, this, [timeout === null ? null : toSeconds(timeout)]);
  }

  /** @internal */
  *_wait(timeout: number | null): CoroutineGenerator<void> {
    if (this.outcome !== null) return;
    const loop = getRunningLoop();
    const future = new OutsideFuture<void>(loop);
    this.waiting.add(future);
    const timer = timeout === null ? null : loop.callLater(timeout, () => future.done() || future.setResult());
    try {
      yield* future;
    } finally {
      timer?.cancel();
      this.waiting.delete(future);
    }
  }

  /** With `owned`, nobody else waits for the calls: a cancellation withdraws them. @internal */
  *_get(timeout: number | null, owned: boolean): CoroutineGenerator<T> {
    try {
      yield* this._wait(timeout);
    } catch (error) {
      if (owned && isCancelled(error)) for (const each of this.futures) each.cancel();
      throw error;
    }
    if (this.outcome === null) throw new TimeoutError("", { delay: timeout! });
    if (this.outcome.failed) throw this.outcome.value;
    return this.outcome.value as T;
  }

  toString(): string {
    return "<AsyncResult>";
  }
}

const getDefinition = define(AsyncResult.prototype._get as never, "get");
const waitDefinition = define(AsyncResult.prototype._wait as never, "wait");

/** The error of a pool that takes no more work. */
export function notRunning(): RuntimeError {
  return new RuntimeError("Pool not running");
}
