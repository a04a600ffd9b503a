import { RuntimeError, StopIteration } from "../loop/errors.ts";
import { running } from "../loop/running.ts";
import { CLAIMED, CLOSED, Coroutine, CREATED, STARTED } from "./coroutine.ts";
import type { Driver } from "./driver.ts";
import { FINISHED, type Future, PENDING } from "./future.ts";
import { waitNatively } from "./native-wait.ts";
import type { NativeScope } from "./scope.ts";
import { type CoroutineIterator, endIteration, handover, type Suspension } from "./suspension.ts";
import { awaitedAt, madeAt } from "./wanted-places.ts";

/** What a step gives: the suspension, or the end with the result. */
export type Step<T> = IteratorResult<Suspension, T>;

/** The end without a result. */
const ended: Step<unknown> = Object.freeze({ done: true, value: undefined });

/**
 * A coroutine of the library that waits for one future at a time and ends at the first error: a small state machine
 * instead of a generator, and its own iterator, so that it costs one object. What must go on after an error, or has a
 * body of the user's inside, is a generator.
 *
 * A subclass says what it does first (`begin`), when its wait has succeeded (`resume`), and what it clears away when the
 * wait has failed, by a cancellation in particular (`giveUp`). The first two end with `wait(future)` or `over(value)`.
 */
export abstract class SteppedCoroutine<T> extends Coroutine<T> {
  /** What it waits for. @internal */
  _waiter: Future<unknown> | null;

  constructor() {
    super();
    this._waiter = null;
  }

  /** The first step. What it throws ends the coroutine. */
  protected abstract begin(): Step<T>;
  /** The step after `waiter` has got its result. */
  protected abstract resume(waiter: Future<unknown>): Step<T>;
  /**
   * The wait is over without success: `waiter` was cancelled or has failed, or an error is thrown in (a cancellation that
   * came after `waiter` had got its result, too). The error goes on when this returns. Must not throw.
   */
  protected giveUp(_waiter: Future<unknown>): void {}

  /** Suspends for a pending future. */
  protected wait(future: Future<unknown>): Step<T> {
    this._waiter = future;
    return future.next() as Step<T>;
  }

  /** Ends with a result. */
  protected over(value: T): Step<T> {
    this._phase = CLOSED;
    return value === undefined ? (ended as Step<T>) : { done: true, value };
  }

  // ---- the iterator

  /** @internal */
  override _start(_driver: Driver | null): CoroutineIterator<T> {
    if (this._phase !== CREATED) this._checkUnstarted();
    return this as unknown as CoroutineIterator<T>;
  }

  /** @internal */
  next(): Step<T> {
    const waiter = this._waiter;
    if (waiter !== null && waiter._state !== FINISHED && waiter._state !== PENDING) {
      // Outside of `try`: a throw costs 1–3 µs in V8, and so does the second one in `catch`.
      const error = waiter._takeError();
      this.end();
      throw error;
    }
    try {
      if (waiter === null) return this.firstStep();
      if (waiter._state === PENDING) return waiter.next() as Step<T>;
      this._waiter = null;
      return this.resume(waiter);
    } catch (error) {
      this.end();
      throw error;
    }
  }

  private firstStep(): Step<T> {
    if (this._phase !== CREATED && this._phase !== CLAIMED) return { done: true, value: undefined as T };
    this._phase = STARTED;
    return this.begin();
  }

  /** Of the iterator as well as by hand: both end the coroutine with the error. */
  override throw(error: unknown): never {
    this.checkNotOfTask();
    this.end();
    throw error;
  }

  /** @internal */
  return(value?: T): IteratorReturnResult<T> {
    this.checkNotOfTask();
    this.end();
    return endIteration(value);
  }

  private end(): void {
    const waiter = this._waiter;
    this._waiter = null;
    this._phase = CLOSED;
    if (waiter !== null) this.giveUp(waiter);
  }

  // ---- native code

  /**
   * Native code of a task awaits it. Its steps are the native code's own: no driver stands between them, whose frames
   * would cost more than all the rest.
   * @internal
   */
  override _runNatively(place: NativeScope, resolve: (value: T) => void, reject: (error: unknown) => void): void {
    this.stepNatively(place, resolve, reject, null);
  }

  private stepNatively(
    place: NativeScope,
    resolve: (value: T) => void,
    reject: (error: unknown) => void,
    thrown: { readonly error: unknown } | null,
  ): void {
    const { loop, task, driver, context } = running;
    running.loop = place.task._loop;
    running.task = place.task;
    running.driver = null;
    running.context = place.task._context;
    let step: Step<T>;
    try {
      step = thrown === null ? this.next() : this.throw(thrown.error);
    } catch (error) {
      return reject(error);
    } finally {
      handover.offered = null;
      running.loop = loop;
      running.task = task;
      running.driver = driver;
      running.context = context;
    }
    if (step.done === true) return resolve(step.value);
    const waiter = this._waiter!;
    const made = awaitedAt.get(this) ?? madeAt.get(this);
    if (made !== undefined) madeAt.set(waiter, made); // No user code is on the stack here.
    const goOn = (): void => this.stepNatively(place, resolve, reject, null);
    const fail = (error: unknown): void => this.stepNatively(place, resolve, reject, { error });
    waitNatively(waiter, goOn, fail, place);
  }

  // ---- by hand

  override send(_value: unknown): Suspension | undefined {
    if (this._phase !== CREATED && this._phase !== STARTED) this._checkUnstarted();
    this.checkNotOfTask();
    const before = handover.byHand;
    handover.byHand = true;
    handover.offered = null;
    let step: Step<T>;
    try {
      step = this.next();
    } finally {
      handover.byHand = before;
      handover.offered = null;
    }
    if (step.done !== true) return step.value;
    this._phase = CLOSED;
    throw new StopIteration(step.value);
  }

  override close(): void {
    this.checkNotOfTask();
    this.end();
  }

  private checkNotOfTask(): void {
    if (this._waiter?._state === PENDING && this._waiter._callbacks !== null) {
      throw new RuntimeError(`coroutine '${this.name}' belongs to a task: cancel the task`);
    }
  }
}
