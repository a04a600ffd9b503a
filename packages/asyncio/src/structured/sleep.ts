import { type Delay, toSeconds } from "../loop/delay.ts";
import type { Timer } from "../loop/timer-heap.ts";
import { Coroutine } from "../tasks/coroutine.ts";
import { getRunningLoop } from "../tasks/default-loop.ts";
import type { Driver } from "../tasks/driver.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import { FINISHED, Future, PENDING } from "../tasks/future.ts";
import { type CoroutineIterator, endIteration, handover, iterated, type Suspension } from "../tasks/suspension.ts";

/**
 * Waits for `delay` (seconds, or a string with its unit), then gives `result`. The clock starts when it is awaited.
 * `sleep(0)` and negative delays are one turn of the loop. Throws `RangeError` for NaN. Cancelling the waiting task
 * cancels the timer. asyncio: `sleep()`.
 */
export function sleep(delay: Delay): Coroutine<void>;
export function sleep<T>(delay: Delay, result: T): Coroutine<T>;
export function sleep(delay: Delay, result?: unknown): Coroutine<unknown> {
  const seconds = typeof delay === "number" && delay === delay ? delay : toSeconds(delay);
  return seconds <= 0 ? new Turn(result) : new Sleep(seconds, result);
}

const turn: IteratorResult<Suspension, unknown> = { done: false, value: undefined as never };
/** A turn is no future: this stands for it while it is handed over, so that iterating by mistake is noticed. */
const TURN = Symbol("turn");

/** `sleep(0)`: a bare yield. The coroutine is its own iterator. */
class Turn extends Coroutine<unknown> {
  private readonly result: unknown;
  private taken: boolean;

  constructor(result: unknown) {
    super(null, undefined, null, "sleep");
    this.result = result;
    this.taken = false;
  }

  override _begin(): CoroutineIterator<unknown> {
    return this as unknown as CoroutineIterator<unknown>;
  }

  next(): IteratorResult<Suspension, unknown> {
    if (this.taken) {
      if (handover.offered !== null) throw iterated();
      this._phase = "closed";
      return { done: true, value: this.result };
    }
    if (handover.offered !== null) throw iterated();
    handover.offered = TURN;
    this.taken = true;
    return turn;
  }

  override throw(error: unknown): never {
    this._phase = "closed";
    throw error;
  }

  return(value?: unknown): IteratorReturnResult<unknown> {
    return endIteration(value);
  }
}

class Sleep extends Coroutine<unknown> {
  private readonly seconds: number;
  private readonly result: unknown;

  constructor(seconds: number, result: unknown) {
    super(null, undefined, null, "sleep");
    this.seconds = seconds;
    this.result = result;
  }

  override _begin(driver: Driver | null): CoroutineIterator<unknown> {
    const loop = driver === null ? getRunningLoop() : driver._task._loop;
    return new SleepFuture(loop, loop.time() + this.seconds, this.result)[Symbol.iterator]();
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

  override get _kind(): string {
    return "Future";
  }

  /** @internal */
  override _repr(): string {
    return super._repr().replace(/^<SleepFuture/, "<Future");
  }
}

