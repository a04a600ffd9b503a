import { type Delay, toSeconds } from "../loop/delay.ts";
import { RuntimeError, StopIteration } from "../loop/errors.ts";
import { repr } from "../loop/repr.ts";
import type { Runnable } from "../loop/runnable.ts";
import type { Timer } from "../loop/timer-heap.ts";
import { CLAIMED, CLOSED, Coroutine, CREATED, STARTED } from "../tasks/coroutine.ts";
import { getRunningLoop } from "../tasks/default-loop.ts";
import type { Driver } from "../tasks/driver.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import { FINISHED, Future, PENDING } from "../tasks/future.ts";
import { BY_REQUEST, BY_SCOPE, waitNatively } from "../tasks/native-wait.ts";
import { noteCreated } from "../tasks/never-awaited.ts";
import type { NativeScope } from "../tasks/scope.ts";
import { type CoroutineIterator, endIteration, handover, iterated, type Suspension } from "../tasks/suspension.ts";
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

/** What the two kinds of sleep share: being driven by hand, and their name. */
abstract class Sleeping extends Coroutine<unknown> {
  readonly result: unknown;

  constructor(result: unknown) {
    super();
    this.result = result;
  }

  get name(): string {
    return "sleep";
  }

  override send(_value: unknown): Suspension | undefined {
    if (this._phase !== CREATED && !this.canGoOn()) this._checkUnstarted();
    const before = handover.byHand;
    handover.byHand = true;
    handover.offered = null;
    try {
      const step = (this._phase === CREATED ? this._start(null) : this.iterator()).next();
      if (step.done !== true) return step.value;
    } finally {
      handover.byHand = before;
      handover.offered = null;
    }
    this._phase = CLOSED;
    throw new StopIteration(this.result);
  }

  override throw(error: unknown): never {
    this._phase = CLOSED;
    throw error;
  }

  override close(): void {
    this._phase = CLOSED;
  }

  protected abstract canGoOn(): boolean;
  protected abstract iterator(): CoroutineIterator<unknown>;
}

const turn: IteratorResult<Suspension, unknown> = { done: false, value: undefined as never };
const turnTaken: IteratorResult<Suspension, unknown> = Object.freeze({ done: true, value: undefined });
/** A turn is no future: this stands for it while it is handed over, so that iterating by mistake is noticed. */
const TURN = Symbol("turn");

/** `sleep(0)`: a bare yield. The coroutine is its own iterator: it yields when started, and is over at the next step. */
class Turn extends Sleeping {
  override _start(_driver: Driver | null): CoroutineIterator<unknown> {
    if (this._phase !== CREATED) this._checkUnstarted();
    return this as unknown as CoroutineIterator<unknown>;
  }

  next(): IteratorResult<Suspension, unknown> {
    if (handover.offered !== null) throw iterated();
    if (this._phase === CREATED || this._phase === CLAIMED) {
      this._phase = STARTED;
      handover.offered = TURN;
      return turn;
    }
    this._phase = CLOSED;
    return this.result === undefined ? turnTaken : { done: true, value: this.result };
  }

  return(value?: unknown): IteratorReturnResult<unknown> {
    return endIteration(value);
  }

  override _runNatively(place: NativeScope, resolve: (value: unknown) => void, reject: (error: unknown) => void): void {
    this._phase = CLOSED;
    const { _loop: loop } = place.task;
    const due = new DueTurn(place, this.result, resolve, reject);
    place.task._addDueStep();
    loop._enqueue(due);
  }

  protected override canGoOn(): boolean {
    return this._phase === STARTED;
  }

  protected override iterator(): CoroutineIterator<unknown> {
    return this as unknown as CoroutineIterator<unknown>;
  }
}

/** `new Turn(result)` without the chain of `super` calls, which V8 does not inline here: 80 ns a turn instead of 105. */
const QuickTurn = function (this: { _phase: number; result: unknown } & Turn, result: unknown): void {
  this._phase = CREATED;
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
    task._removeDueStep();
    task._openNativeStep(this.place);
    const requested = task._takeCancellation(scope, null);
    const cancelled = requested ?? task._cancelledTurn(scope);
    if (cancelled === null) return this.resolve(this.result);
    task._noteDelivered(cancelled, requested === null ? BY_SCOPE : BY_REQUEST);
    this.reject(cancelled);
  }

  _repr(): string {
    return repr(this.place.task);
  }
}

class Sleep extends Sleeping {
  private readonly seconds: number;
  private future: SleepFuture | null;

  constructor(seconds: number, result: unknown) {
    super(result);
    this.seconds = seconds;
    this.future = null;
  }

  override _start(driver: Driver | null): CoroutineIterator<unknown> {
    if (this._phase !== CREATED) this._checkUnstarted();
    const future = this.begin(driver === null ? getRunningLoop() : driver._task._loop);
    this.future = future;
    return future[Symbol.iterator]();
  }

  private begin(loop: EventLoop): SleepFuture {
    this._phase = STARTED;
    return new SleepFuture(loop, loop.time() + this.seconds, this.result);
  }

  override _runNatively(place: NativeScope, resolve: (value: unknown) => void, reject: (error: unknown) => void): void {
    const future = this.begin(place.task._loop);
    const made = madeAt.get(this);
    if (made !== undefined) madeAt.set(future, made); // No user code is on the stack here.
    waitNatively(future, resolve, reject, place);
  }

  override _startedState(): "suspended" | "closed" {
    return this.future?.done() === true ? "closed" : "suspended";
  }

  override throw(error: unknown): never {
    this.future?.cancel();
    return super.throw(error);
  }

  override close(): void {
    if (
      this._phase === STARTED &&
      this.future?.done() === false &&
      !handover.byHand &&
      this.future._callbacks !== null
    ) {
      throw new RuntimeError("coroutine 'sleep' belongs to a task: cancel the task");
    }
    this.future?.cancel();
    super.close();
  }

  protected override canGoOn(): boolean {
    return this._phase === STARTED;
  }

  protected override iterator(): CoroutineIterator<unknown> {
    return this.future![Symbol.iterator]();
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

  /** @internal */
  override _repr(): string {
    return super._repr().replace(/^<SleepFuture/, "<Future");
  }
}
