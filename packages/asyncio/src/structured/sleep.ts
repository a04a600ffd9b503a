import { type Delay, toSeconds } from "../loop/delay.ts";
import { repr } from "../loop/repr.ts";
import type { Runnable } from "../loop/runnable.ts";
import type { Timer } from "../loop/timer-heap.ts";
import { cancelledTurn, takeCancellation } from "../tasks/cancellation.ts";
import { CLAIMED, CLOSED, type Coroutine, CREATED, STARTED } from "../tasks/coroutine.ts";
import { getRunningLoop } from "../tasks/default-loop.ts";
import type { Driver } from "../tasks/driver.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import { FINISHED, Future, PENDING } from "../tasks/future.ts";
import { addDueStep, noteDelivered, openNativeStep, removeDueStep } from "../tasks/native-step.ts";
import { waitNatively } from "../tasks/native-wait.ts";
import { noteCreated } from "../tasks/never-awaited.ts";
import { BY_REQUEST, BY_SCOPE } from "../tasks/open-waits.ts";
import type { NativeScope } from "../tasks/scope.ts";
import { type Step, SteppedCoroutine } from "../tasks/stepped-coroutine.ts";
import { type CoroutineIterator, handover, iterated } from "../tasks/suspension.ts";
import { madeAt } from "../tasks/wanted-places.ts";

/**
 * Waits for `delay` (seconds, or a string with its unit), then gives `result`. The clock starts when it is awaited.
 * `sleep(0)` and negative delays are one turn of the loop. Throws `RangeError` for NaN. Cancelling the waiting task
 * cancels the timer. asyncio: `sleep()`.
 */
export function sleep(delay: Delay): Coroutine<void>;
export function sleep<T>(delay: Delay, result: T): Coroutine<T>;
export function sleep(delay: Delay, result?: unknown): Coroutine<unknown> {
  if (delay === 0) return new QuickTurn(result);
  const seconds = toSeconds(delay);
  return seconds <= 0 ? new QuickTurn(result) : new Sleep(seconds, result);
}

/** What the two kinds of sleep share. */
abstract class Sleeping extends SteppedCoroutine<unknown> {
  readonly result: unknown;

  constructor(result: unknown) {
    super();
    this.result = result;
  }

  get name(): string {
    return "sleep";
  }
}

const turn: Step<unknown> = { done: false, value: undefined as never };
const turnTaken: Step<unknown> = Object.freeze({ done: true, value: undefined });
/** A turn is no future: this stands for it while it is handed over, so that iterating by mistake is noticed. */
const TURN = Symbol("turn");

/** `sleep(0)`: a bare yield when started, and over at the next step. It waits for no future. */
class Turn extends Sleeping {
  override next(): Step<unknown> {
    if (handover.offered !== null) throw iterated();
    return this._phase === CREATED || this._phase === CLAIMED ? this.begin() : this.resume();
  }

  protected override begin(): Step<unknown> {
    this._phase = STARTED;
    handover.offered = TURN;
    return turn;
  }

  protected override resume(): Step<unknown> {
    this._phase = CLOSED;
    return this.result === undefined ? turnTaken : { done: true, value: this.result };
  }

  override _runNatively(place: NativeScope, resolve: (value: unknown) => void, reject: (error: unknown) => void): void {
    this._phase = CLOSED;
    const { _loop: loop } = place.task;
    const due = new DueTurn(place, this.result, resolve, reject);
    addDueStep(place.task);
    loop._enqueue(due);
  }
}

/** `new Turn(result)` without the chain of `super` calls, which V8 does not inline here: 80 ns a turn instead of 105. */
const QuickTurn = function (this: { _phase: number; _waiter: null; result: unknown } & Turn, result: unknown): void {
  this._phase = CREATED;
  this._waiter = null;
  this.result = result;
  noteCreated(this);
} as unknown as new (
  result: unknown,
) => Turn;
(QuickTurn as { prototype: unknown }).prototype = Turn.prototype;

/** Native code has awaited `sleep(0)`: its next step is queued. */
class DueTurn implements Runnable {
  private readonly place: NativeScope;
  private readonly result: unknown;
  private readonly resolve: (value: unknown) => void;
  private readonly reject: (error: unknown) => void;

  constructor(
    place: NativeScope,
    result: unknown,
    resolve: (value: unknown) => void,
    reject: (error: unknown) => void,
  ) {
    this.place = place;
    this.result = result;
    this.resolve = resolve;
    this.reject = reject;
  }

  _run(): void {
    const { task, scope } = this.place;
    removeDueStep(task);
    openNativeStep(task, this.place);
    const requested = takeCancellation(task, scope, null);
    const cancelled = requested ?? cancelledTurn(task, scope);
    if (cancelled === null) return this.resolve(this.result);
    noteDelivered(task, cancelled, requested === null ? BY_SCOPE : BY_REQUEST);
    this.reject(cancelled);
  }

  _repr(): string {
    return repr(this.place.task);
  }
}

class Sleep extends Sleeping {
  private readonly seconds: number;

  constructor(seconds: number, result: unknown) {
    super(result);
    this.seconds = seconds;
  }

  /** A task steps the future itself, so that nothing holds the coroutine while it sleeps. */
  override _start(driver: Driver | null): CoroutineIterator<unknown> {
    if (driver === null) return super._start(driver);
    if (this._phase !== CREATED) this._checkUnstarted();
    return this.start(driver._task._loop)[Symbol.iterator]();
  }

  private start(loop: EventLoop): SleepFuture {
    this._phase = STARTED;
    const future = new SleepFuture(loop, loop.time() + this.seconds, this.result);
    this._waiter = future;
    return future;
  }

  protected override begin(): Step<unknown> {
    return this.wait(this.start(getRunningLoop()));
  }

  protected override resume(waiter: Future<unknown>): Step<unknown> {
    return this.over(waiter.result());
  }

  protected override giveUp(waiter: Future<unknown>): void {
    waiter.cancel();
  }

  override _runNatively(place: NativeScope, resolve: (value: unknown) => void, reject: (error: unknown) => void): void {
    const future = this.start(place.task._loop);
    const made = madeAt.get(this);
    if (made !== undefined) madeAt.set(future, made); // No user code is on the stack here.
    waitNatively(future, resolve, reject, place);
  }

  override _startedState(): "suspended" | "closed" {
    return this._waiter?.done() === true ? "closed" : "suspended";
  }
}

/** What a sleeping task waits for: future, timer and ready-queue entry in one object. */
class SleepFuture extends Future<unknown> implements Timer {
  _cancelled: boolean;
  _scheduled: boolean;

  constructor(loop: EventLoop, when: number, result: unknown) {
    super(loop);
    this._cancelled = false;
    this._scheduled = false;
    this._value = result;
    loop._addTimer(when, this);
  }

  _run(): void {
    if (this._state !== PENDING) return;
    this._state = FINISHED;
    this._schedule();
  }

  override cancel(message?: unknown): boolean {
    if (!super.cancel(message)) return false;
    this._value = undefined;
    this._cancelled = true;
    if (this._scheduled) this._loop._timers.noteCancelled();
    return true;
  }

  override get _private(): boolean {
    return true;
  }

  override get _isTimer(): boolean {
    return true;
  }

  /** @internal */
  override _repr(): string {
    return super._repr().replace(/^<SleepFuture/, "<Future");
  }
}
