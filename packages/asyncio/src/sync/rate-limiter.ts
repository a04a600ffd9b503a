import { type Delay, toSeconds } from "../loop/delay.ts";
import type { TimerHandle } from "../loop/handle.ts";
import { repr } from "../loop/repr.ts";
import type { Body } from "../tasks/body.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { Step } from "../tasks/stepped-coroutine.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { runBody } from "./exclusive.ts";
import { LoopBound } from "./loop-bound.ts";
import { ParkingLot, Waiter } from "./parking-lot.ts";
import { PromptCoroutine } from "./prompt-coroutine.ts";

export interface RateLimiterOptions {
  /** How many may pass in each interval. */
  readonly limit: number;
  /** Default: 1 second. */
  readonly interval?: Delay;
  /** How many may pass at once after a pause; default 1: they pass at even distances. At least 1. */
  readonly burst?: number;
}

export interface RateLimiterStatistics {
  readonly limit: number;
  /** In seconds. */
  readonly interval: number;
  readonly burst: number;
  /** How many may pass now, as a fraction; 0 while tasks wait. */
  readonly available: number;
  /** How many tasks wait. */
  readonly waiters: number;
}

/**
 * Lets so many pass per interval, first come, first served: a token bucket on the loop's clock. The bucket holds `burst`
 * tokens, and is full at first; `limit / interval` tokens a second come back. In any stretch of `t` seconds at most
 * `burst + t * limit / interval` pass. Timers of the
 * host are good to a millisecond or so: at hundreds per second, and more, a burst of some keeps the rate up.
 * asyncio has no counterpart; Python: aiolimiter.
 */
export class RateLimiter extends LoopBound {
  private readonly limit: number;
  private readonly interval: number;
  private readonly burst: number;
  private readonly lot: ParkingLot = new ParkingLot(this);
  /**
   * When the bucket was last known to be full, and what has been taken since: multiplying from a fixed point is exact
   * where adding up intervals would drift.
   */
  private fullAt: number = -Infinity;
  private taken: number = 0;
  private loop: EventLoop | null = null;
  private timer: TimerHandle | null = null;

  /** Throws `RangeError` unless limit and interval are positive and burst is at least 1, all of them finite. */
  constructor(options: RateLimiterOptions) {
    super();
    const { limit, interval = 1, burst = 1 } = options;
    this.limit = positive(limit, "limit");
    this.interval = positive(toSeconds(interval), "interval");
    this.burst = positive(burst, "burst");
    if (burst < 1) throw new RangeError(`burst must be >= 1, got ${repr(burst)}`);
  }

  /**
   * Waits until `count` (default 1) may pass, behind all who came before; without suspending when they may at once.
   * Cancelled, the task leaves the queue, and what it was about to get goes to the next. Throws `RangeError` for a count
   * that is not positive, or more than `burst`: it could never pass.
   */
  acquire(count = 1): Coroutine<void> {
    this.checkCount(count);
    return new Acquire(this, count);
  }

  /** Takes `count` if they may pass at once, and tells whether. Throws as `acquire`. */
  tryAcquire(count = 1): boolean {
    this.checkCount(count);
    if (!this._mayPass(count)) return false;
    this._take(count);
    return true;
  }

  /** Runs `body` when the next one may pass, and gives its result. */
  run<T>(body: () => Body<T>): Coroutine<T> {
    if (typeof body !== "function") throw new TypeError("RateLimiter.run(body) takes a function");
    return new FunctionCoroutine<T>(runDefinition, this, [body]);
  }

  statistics(): RateLimiterStatistics {
    const { limit, interval, burst } = this;
    return { limit, interval, burst, available: this.available(), waiters: this.lot.length };
  }

  private available(): number {
    if (this.lot.peek() !== null) return 0;
    if (this.loop === null || this.taken === 0) return this.burst;
    const back = ((this.loop.time() - this.fullAt) * this.limit) / this.interval;
    return Math.max(0, Math.min(this.burst, this.burst - this.taken + back));
  }

  private checkCount(count: number): void {
    if (!(count > 0)) throw new RangeError(`count must be positive, got ${repr(count)}`);
    if (count > this.burst) throw new RangeError(`count must be <= burst (${this.burst}), got ${repr(count)}`);
  }

  // ---- for those that wait

  /** @internal */
  _mayPass(count: number): boolean {
    const now = this.now();
    if (this.lot.peek() !== null) return false;
    this.refill(now);
    return this.timeOf(count) <= now;
  }

  /** @internal */
  _take(count: number): void {
    this.taken += count;
  }

  /** What was taken for somebody who will not use it. @internal */
  _giveBack(count: number): void {
    this.taken = Math.max(0, this.taken - count);
    this._advance();
  }

  /** @internal */
  _park(count: number): Asking {
    const asking = this.lot.park(new Asking(this._bind(), count));
    // It is to wait, even if time has gone on meanwhile: the timer lets it pass.
    if (this.lot.peek() === asking) this.setTimer(this.timeOf(count));
    return asking;
  }

  /** Lets those pass who may; when the next one will, a timer tells. @internal */
  _advance(now: number = this.now()): void {
    this.refill(now);
    for (;;) {
      const first = this.lot.peek() as Asking | null;
      const when = first === null ? null : this.timeOf(first.count);
      if (when === null || when > now) return this.setTimer(when);
      this.taken += first!.count;
      this.lot.unpark();
    }
  }

  /** When the bucket holds `count` tokens. */
  private timeOf(count: number): number {
    return this.fullAt + ((this.taken + count - this.burst) * this.interval) / this.limit;
  }

  /** What comes back to a full bucket is lost. Full at this very moment, it loses nothing, and the fixed point stays. */
  private refill(now: number): void {
    if (this.timeOf(this.burst) >= now) return;
    this.fullAt = now;
    this.taken = 0;
  }

  private setTimer(when: number | null): void {
    if (this.timer !== null) {
      if (this.timer.when() === when) return;
      this.timer.cancel();
    }
    this.timer = when === null ? null : this.loop!.callAt(when, this.onTimer);
  }

  private readonly onTimer = (): void => {
    const due = this.timer!.when();
    this.timer = null;
    // A host's timer may come a hair before its time.
    this._advance(Math.max(due, this.now()));
  };

  private now(): number {
    this.loop = this._bind();
    return this.loop.time();
  }

  /** @internal */
  override _state(): string {
    return this.lot.describe(`limit:${this.limit}/${this.interval}s`);
  }
}

/** One who waits, for so many. */
class Asking extends Waiter {
  readonly count: number;

  constructor(loop: EventLoop, count: number) {
    super(loop);
    this.count = count;
  }
}

class Acquire extends PromptCoroutine<void> {
  private readonly limiter: RateLimiter;
  private readonly count: number;

  constructor(limiter: RateLimiter, count: number) {
    super();
    this.limiter = limiter;
    this.count = count;
  }

  get name(): string {
    return "acquire";
  }

  protected override isReady(): boolean {
    return this.limiter._mayPass(this.count);
  }

  protected override attempt(): Step<void> {
    if (!this.isReady()) return this.wait(this.limiter._park(this.count));
    this.limiter._take(this.count);
    return this.over(undefined);
  }

  protected override woken(): Step<void> {
    return this.over(undefined);
  }

  protected override lost(wasWoken: boolean): void {
    if (wasWoken) this.limiter._giveBack(this.count);
    else this.limiter._advance(); // The next one may need fewer, and pass earlier.
  }
}

function positive(value: number, name: string): number {
  if (!(value > 0 && value < Infinity)) throw new RangeError(`${name} must be positive and finite, got ${repr(value)}`);
  return value;
}

function* acquireAndRun<T>(this: RateLimiter, body: () => Body<T>): CoroutineGenerator<T> {
  yield* this.acquire();
  return yield* runBody(body);
}

const runDefinition = define(acquireAndRun as never, "run");
