import { globals } from "../host/globals.ts";
import { type Delay, toSeconds } from "../loop/delay.ts";
import { CancelledError, InvalidStateError, RuntimeError, TimeoutError } from "../loop/errors.ts";
import { inspectCustom } from "../loop/repr.ts";
import { ThenableBase } from "../tasks/awaitable.ts";
import { getRunningLoop, runningLoopOrNull } from "../tasks/default-loop.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import { OutsideFuture } from "../tasks/outside-future.ts";
import type { CoroutineIterator } from "../tasks/suspension.ts";
import { type BlockingOptions, blockUntil, checkBlocking } from "./blocking.ts";

export const PENDING = "PENDING";
export const RUNNING = "RUNNING";
/** Cancelled, and nobody who would have run it has heard of it yet. */
export const CANCELLED = "CANCELLED";
/** Cancelled, and those who wait for several futures have been told. */
export const CANCELLED_AND_NOTIFIED = "CANCELLED_AND_NOTIFIED";
export const FINISHED = "FINISHED";
export type FutureState =
  | typeof PENDING
  | typeof RUNNING
  | typeof CANCELLED
  | typeof CANCELLED_AND_NOTIFIED
  | typeof FINISHED;

/** Who will settle a future: the job that a pool has made for it. */
export interface FutureJob {
  /** Whether the job has begun, which its worker knows first. */
  _hasBegun(): boolean;
  /** Takes the job back; false when it has begun. */
  _withdraw(): boolean;
  /** Asks the running job to stop. */
  _interrupt(): void;
  /** Whether it can be done while this thread is blocked. */
  readonly _canBlock: boolean;
}

export const concurrentFutureBrand: unique symbol = Symbol.for("asyncio-ts.concurrent.Future");

/**
 * The result of a job that runs elsewhere. concurrent.futures: `Future`.
 *
 * `await future` and `yield* future` wait for it: in a task, whose cancellation cancels the future, or outside of any
 * event loop. `result()` blocks the thread for it.
 */
export class Future<T> extends ThenableBase<T> {
  static {
    Object.defineProperty(this.prototype, concurrentFutureBrand, { value: true });
  }
  /** @internal */ _state: FutureState = PENDING;
  /** @internal */ _value: unknown = undefined;
  /** @internal */ _job: FutureJob | null = null;
  /** Of `this`; said so, a future of a string would be none of anything. */
  private callbacks: ((future: never) => void)[] | null = null;
  /** Those who wait for several futures: told after the callbacks, when the state is final. */
  private waiters: Set<() => void> | null = null;

  // ---- state

  /**
   * Cancels the job if it has not begun: true then, and when it was cancelled before. False when it is done or runs. A
   * running job is asked to stop, where its executor's `cancelRunning` says so; the future then ends when the job does.
   */
  cancel(): boolean {
    if (this._state === FINISHED) return false;
    if (this._state === CANCELLED || this._state === CANCELLED_AND_NOTIFIED) return true;
    const job = this._job;
    if (this._state === RUNNING || (job !== null && !job._withdraw())) {
      job?._interrupt();
      return false;
    }
    this._state = CANCELLED;
    this.runCallbacks();
    if (job !== null) this.setRunningOrNotifyCancel();
    return true;
  }

  cancelled(): boolean {
    return this._state === CANCELLED || this._state === CANCELLED_AND_NOTIFIED;
  }

  /** Whether the job has begun and is not done. */
  running(): boolean {
    return this._state === RUNNING || (this._state === PENDING && this._job !== null && this._job._hasBegun());
  }

  /** Whether it is finished or cancelled. */
  done(): boolean {
    return this._state !== PENDING && this._state !== RUNNING;
  }

  /**
   * The result; blocks this thread up to `timeout` (default: for ever) until it is there. Throws what the job has thrown,
   * `CancelledError`, `TimeoutError`, and `RuntimeError` on a thread whose event loop is running (await the future there,
   * or insist with `allowBlocking`).
   *
   * A blocked thread hears of a worker that exits, not of one that is out of memory: give a timeout where that may happen.
   */
  result(timeout: Delay | null = null, options?: BlockingOptions): T {
    this.waitForEnd("result()", timeout, options);
    if (this._state === FINISHED && !this.failed) return this._value as T;
    throw this.error();
  }

  /** What the job has thrown, null when it has not. Blocks and throws as `result()` does. */
  exception(timeout: Delay | null = null, options?: BlockingOptions): unknown {
    this.waitForEnd("exception()", timeout, options);
    if (this._state !== FINISHED) throw this.error();
    return this.failed ? this._value : null;
  }

  private waitForEnd(method: string, timeout: Delay | null, options: BlockingOptions | undefined): void {
    const seconds = timeout === null ? null : toSeconds(timeout);
    if (this.done()) return;
    checkBlocking(`Future.${method}`, "await the future", options);
    if (this._job?._canBlock === false) {
      throw new RuntimeError(
        `Future.${method} cannot block for this job, whose result comes by the event loop: await it`,
      );
    }
    const deadline = seconds === null ? null : performance.now() + seconds * 1000;
    const isHopeless = (): boolean => deadline === null && this._job?._canBlock !== true;
    if (!blockUntil(() => this.done(), deadline, isHopeless)) {
      throw new TimeoutError("", seconds === null ? {} : { delay: seconds });
    }
  }

  private failed: boolean = false;

  private error(): unknown {
    return this._state === FINISHED ? this._value : new CancelledError();
  }

  // ---- callbacks

  /**
   * Calls `callback(future)` when the future is done: at once when it is already, else in the order of registration, by
   * whoever settles it. What a callback throws is reported and ignored.
   */
  addDoneCallback(callback: (future: this) => void): void {
    if (this.done()) return this.call(callback);
    this.callbacks ??= [];
    this.callbacks.push(callback);
  }

  private runCallbacks(): void {
    const { callbacks } = this;
    if (callbacks === null) return;
    this.callbacks = null;
    for (const callback of callbacks) this.call(callback as (future: this) => void);
  }

  private call(callback: (future: this) => void): void {
    try {
      callback(this);
    } catch (error) {
      globals.console.error(`exception calling callback for ${this.toString()}\n`, error);
    }
  }

  /** Calls `waiter` when the end has been notified; false when it has been already. @internal */
  _addWaiter(waiter: () => void): boolean {
    if (this._isNotified) return false;
    this.waiters ??= new Set();
    this.waiters.add(waiter);
    return true;
  }

  /** @internal */
  _removeWaiter(waiter: () => void): void {
    this.waiters?.delete(waiter);
  }

  /** @internal */
  get _isNotified(): boolean {
    return this._state === FINISHED || this._state === CANCELLED_AND_NOTIFIED;
  }

  /** @internal */
  get _hasFailed(): boolean {
    return this._state === FINISHED && this.failed;
  }

  private notify(): void {
    const { waiters } = this;
    if (waiters === null) return;
    this.waiters = null;
    for (const waiter of waiters) waiter();
  }

  // ---- for executors

  /**
   * For executors: marks the future as running, so that it cannot be cancelled any more; false when it has been
   * cancelled, and nothing is to be run. Throws `InvalidStateError` otherwise.
   */
  setRunningOrNotifyCancel(): boolean {
    if (this._state === CANCELLED) {
      this._state = CANCELLED_AND_NOTIFIED;
      this.notify();
      return false;
    }
    if (this._state !== PENDING) throw new InvalidStateError(`Future in unexpected state: ${this.toString()}`);
    this._state = RUNNING;
    return true;
  }

  /** For executors: sets the result. Throws `InvalidStateError` when the future is done already. */
  setResult(value: T): void {
    this.checkNotDone();
    this._value = value;
    this.finish();
  }

  /** For executors: makes the future fail. Throws `InvalidStateError` when the future is done already. */
  setException(error: unknown): void {
    this.checkNotDone();
    this._value = error;
    this.failed = true;
    this.finish();
  }

  private checkNotDone(): void {
    if (this.done()) throw new InvalidStateError(`${this._state}: ${this.toString()}`);
  }

  private finish(): void {
    this._state = FINISHED;
    this._job = null;
    this.runCallbacks();
    this.notify();
  }

  /** A running job has ended because it was asked to. @internal */
  _setCancelled(): void {
    this._state = CANCELLED_AND_NOTIFIED;
    this._job = null;
    this.runCallbacks();
    this.notify();
  }

  // ---- awaiting

  override [Symbol.iterator](): CoroutineIterator<T> {
    return asLoopFuture(this, getRunningLoop())[Symbol.iterator]();
  }

  /** @internal */
  override _awaitNatively(resolve: (value: T) => void, reject: (error: unknown) => void, awaited: boolean): void {
    const loop = awaited ? runningLoopOrNull() : null;
    if (loop !== null && !this.done()) return asLoopFuture(this, loop)._awaitNatively(resolve, reject, awaited);
    this.addDoneCallback(() => {
      if (this._state === FINISHED && !this.failed) resolve(this._value as T);
      else reject(this.error());
    });
  }

  // ---- representation

  override toString(): string {
    const outcome =
      this._state !== FINISHED
        ? ""
        : this.failed
          ? ` raised ${nameOf(this._value)}`
          : ` returned ${typeof this._value}`;
    return `<Future state=${this.running() ? "running" : this._state.toLowerCase()}${outcome}>`;
  }

  /** @internal */
  [inspectCustom](): string {
    return this.toString();
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

/** A loop's future for the same outcome; cancelling either cancels the other, as far as that goes. */
class LoopFuture<T> extends OutsideFuture<T> {
  private readonly source: Future<T>;

  constructor(source: Future<T>, loop: EventLoop) {
    super(loop);
    this.source = source;
    source.addDoneCallback(() => this.follow());
  }

  override cancel(message?: unknown): boolean {
    if (!super.cancel(message)) return false;
    this.source.cancel();
    return true;
  }

  private follow(): void {
    if (this.done() || this._loop.isClosed()) return;
    if (this.source.cancelled()) super.cancel();
    else if (this.source._hasFailed) this.setException(this.source._value);
    else this.setResult(this.source._value as T);
  }
}

/** @internal */
export function asLoopFuture<T>(future: Future<T>, loop: EventLoop): OutsideFuture<T> {
  return new LoopFuture(future, loop);
}
