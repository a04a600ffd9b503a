import { CancelledError, isCancelled, RuntimeError } from "../loop/errors.ts";
import { repr } from "../loop/repr.ts";
import type { Runnable } from "../loop/runnable.ts";
import { running } from "../loop/running.ts";
import { takeCancellation } from "./cancellation.ts";
import { otherLoop } from "./driver.ts";
import type { Future } from "./future.ts";
import { addWait, noteDelivered, openNativeStep, removeWait } from "./native-step.ts";
import { BY_REQUEST, type EndedBy, NOT_ENDED, type OpenWait } from "./open-waits.ts";
import type { NativeScope, Scope } from "./scope.ts";
import type { Task } from "./task.ts";
import { awaitedAt, places } from "./wanted-places.ts";

/** Native code waits for a pending future: at `place` in a task, or (undefined) as a mere listener. */
export function waitNatively<T>(
  future: Future<T>,
  resolve: (value: T) => void,
  reject: (error: unknown) => void,
  place: NativeScope | undefined,
): void {
  if (place === undefined || place.task.done()) {
    future._addCallback(new Listener(future as Future<unknown>, resolve as (value: unknown) => void, reject));
    return;
  }
  const { task } = place;
  if ((future as Future<unknown>) === task) {
    return reject(new RuntimeError(`Task cannot await on itself: ${repr(task)}`));
  }
  if (future._loop !== task._loop) return reject(otherLoop(task, future as Future<unknown>));
  const wait = new NativeWait(place, future as Future<unknown>, resolve as (value: unknown) => void, reject);
  future._addCallback(wait);
  if (places.wanted > 0) {
    const place = awaitedAt.get(future);
    if (place !== undefined) awaitedAt.set(wait, place);
  }
  addWait(task, wait);
}

/** Code outside of any task, or a mere listener (`task.then(log)`), waits for a future. */
class Listener implements Runnable {
  private readonly future: Future<unknown>;
  private readonly resolve: (value: unknown) => void;
  private readonly reject: (error: unknown) => void;

  constructor(future: Future<unknown>, resolve: (value: unknown) => void, reject: (error: unknown) => void) {
    this.future = future;
    this.resolve = resolve;
    this.reject = reject;
  }

  _run(): void {
    running.task = null;
    this.future._awaitNatively(this.resolve, this.reject, false);
  }
}

/** Native code of a task waits for a future: resuming it is a step of the task. */
class NativeWait implements Runnable, OpenWait {
  private readonly place: NativeScope;
  readonly _waiter: Future<unknown>;
  private readonly resolve: (value: unknown) => void;
  private readonly reject: (error: unknown) => void;
  private abandoned: CancelledError | null;
  _endedBy: EndedBy;

  constructor(
    place: NativeScope,
    future: Future<unknown>,
    resolve: (value: unknown) => void,
    reject: (error: unknown) => void,
  ) {
    this.place = place;
    this._waiter = future;
    this.resolve = resolve;
    this.reject = reject;
    this.abandoned = null;
    this._endedBy = NOT_ENDED;
  }

  get _task(): Task<unknown> {
    return this.place.task;
  }

  get _scope(): Scope | null {
    return this.place.scope;
  }

  _run(): void {
    const { task } = this.place;
    const future = this._waiter;
    removeWait(task, this);
    openNativeStep(task, this.place);
    if (this.abandoned !== null) return this.fail(task, this.abandoned, this._endedBy);
    const cancelled = takeCancellation(task, this.place.scope, future);
    if (cancelled !== null) return this.fail(task, cancelled, BY_REQUEST);
    if (future._state === 1) this.resolve(future._value);
    else this.fail(task, future._takeError(), this._endedBy);
  }

  private fail(task: Task<unknown>, error: unknown, by: EndedBy): void {
    if (by !== NOT_ENDED && isCancelled(error)) noteDelivered(task, error, by);
    this.reject(error);
  }

  /** For reports: a step of the task. */
  _repr(): string {
    return repr(this.place.task);
  }

  _abandon(message: unknown): void {
    if (this._waiter.done()) return; // Its step is due anyway.
    this._waiter._removeCallback(this);
    this.abandoned = new CancelledError(message);
    this.place.task._loop._enqueue(this);
  }
}
