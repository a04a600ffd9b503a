import { RuntimeError, WouldBlock } from "../loop/errors.ts";
import { taskHere } from "../tasks/ambient.ts";
import type { Body } from "../tasks/body.ts";
import type { Coroutine } from "../tasks/coroutine.ts";
import type { Step } from "../tasks/stepped-coroutine.ts";
import type { Task } from "../tasks/task.ts";
import { runExclusive } from "./exclusive.ts";
import { Guard, type Guarded } from "./guard.ts";
import { LoopBound } from "./loop-bound.ts";
import { ParkedCoroutine } from "./parked-coroutine.ts";
import { ParkingLot, Waiter } from "./parking-lot.ts";

export interface CapacityLimiterStatistics {
  readonly borrowedTokens: number;
  readonly totalTokens: number;
  /** Who has a token. */
  readonly borrowers: readonly unknown[];
  /** How many tasks wait for one. */
  readonly waiters: number;
}

/**
 * A number of tokens that are borrowed: a semaphore that knows who has what, whose size can be changed at any time, and
 * which cannot be released by who has not acquired. A borrower, the current task or any value, has at most one token.
 * trio: `CapacityLimiter`.
 */
export class CapacityLimiter extends LoopBound implements Guarded {
  private readonly lot: ParkingLot = new ParkingLot(this);
  private readonly borrowers: Set<unknown> = new Set();
  /** Who waits for a token, with its place in the queue. */
  private readonly asking: Map<unknown, Borrowing> = new Map();
  private total: number = 0;

  /** Throws as the setter of `totalTokens` does. */
  constructor(totalTokens: number) {
    super();
    this.totalTokens = totalTokens;
  }

  /** How many tokens there are. May be set; when it gets less than what is borrowed, the next ones have to wait. */
  get totalTokens(): number {
    return this.total;
  }

  /** Throws `TypeError` for what is no integer nor `Infinity`, `RangeError` for less than 1. */
  set totalTokens(total: number) {
    if (!Number.isInteger(total) && total !== Infinity) {
      throw new TypeError("totalTokens must be an integer or Infinity");
    }
    if (total < 1) throw new RangeError("totalTokens must be >= 1");
    this.total = total;
    this._wake();
  }

  get borrowedTokens(): number {
    return this.borrowers.size;
  }

  get availableTokens(): number {
    return this.total - this.borrowers.size;
  }

  /**
   * Borrows a token for the current task, waiting in line for it. Throws `RuntimeError` outside of tasks and for a task
   * that has one already. Cancelled, the task leaves the queue; a token that it was about to get goes to the next.
   */
  acquire(): Coroutine<Guard> {
    return new Acquire(this, CURRENT_TASK);
  }

  /** `acquire` for any borrower; who it is, is compared as by a `Set`. */
  acquireOnBehalfOf(borrower: unknown): Coroutine<Guard> {
    return new Acquire(this, borrower);
  }

  /** Borrows a token for the current task without waiting. Throws `WouldBlock` when there is none, or others wait. */
  acquireNowait(): Guard {
    return this.acquireOnBehalfOfNowait(currentBorrower());
  }

  /** `acquireNowait` for any borrower. */
  acquireOnBehalfOfNowait(borrower: unknown): Guard {
    this._checkNew(borrower);
    if (!this._hasFree) throw new WouldBlock();
    return this._lend(borrower);
  }

  /** Gives the current task's token back. Throws `RuntimeError` when it has none. */
  release(): void {
    this.releaseOnBehalfOf(currentBorrower());
  }

  /** Gives a borrower's token back. Throws `RuntimeError` when it has none. */
  releaseOnBehalfOf(borrower: unknown): void {
    if (!this.borrowers.delete(borrower)) {
      throw new RuntimeError("this borrower isn't holding any of this CapacityLimiter's tokens");
    }
    this._wake();
  }

  /** Runs `body` with a token of the current task and gives its result. trio: `async with limiter:`. */
  runExclusive<T>(body: () => Body<T>): Coroutine<T> {
    return runExclusive(this, body);
  }

  statistics(): CapacityLimiterStatistics {
    return {
      borrowedTokens: this.borrowedTokens,
      totalTokens: this.total,
      borrowers: [...this.borrowers],
      waiters: this.lot.length,
    };
  }

  // ---- for those that wait

  /** @internal */
  _checkNew(borrower: unknown): void {
    if (this.borrowers.has(borrower)) {
      throw new RuntimeError("this borrower is already holding one of this CapacityLimiter's tokens");
    }
    if (this.asking.has(borrower)) {
      throw new RuntimeError("this borrower is already waiting for one of this CapacityLimiter's tokens");
    }
  }

  /** @internal */
  get _hasFree(): boolean {
    return this.availableTokens > 0 && this.lot.peek() === null;
  }

  /** @internal */
  _lend(borrower: unknown): Guard {
    this.borrowers.add(borrower);
    return new BorrowedGuard(this, borrower);
  }

  /** @internal */
  _park(borrower: unknown): Borrowing {
    const borrowing = this.lot.park(new Borrowing(this._bind(), borrower));
    this.asking.set(borrower, borrowing);
    return borrowing;
  }

  /** @internal */
  _stopAsking(borrowing: Borrowing): void {
    if (this.asking.get(borrowing.borrower) === borrowing) this.asking.delete(borrowing.borrower);
  }

  /** A token belongs to who is woken from now on. @internal */
  _wake(): void {
    while (this.availableTokens > 0) {
      const woken = this.lot.unpark() as Borrowing | null;
      if (woken === null) return;
      this._stopAsking(woken);
      this.borrowers.add(woken.borrower);
    }
  }

  /** @internal */
  _releaseBy(guard: Guard): void {
    this.releaseOnBehalfOf((guard as BorrowedGuard).borrower);
  }

  /** @internal */
  override _state(): string {
    return this.lot.describe(`borrowed:${this.borrowedTokens}/${this.total}`);
  }
}

const CURRENT_TASK = Symbol("the current task");

function currentBorrower(): Task<unknown> {
  const task = taskHere();
  if (task === null) throw new RuntimeError("CapacityLimiter should be used inside a task, or on behalf of a borrower");
  return task;
}

/** One who waits for a token, on behalf of somebody. */
class Borrowing extends Waiter {
  readonly borrower: unknown;

  constructor(loop: ConstructorParameters<typeof Waiter>[0], borrower: unknown) {
    super(loop);
    this.borrower = borrower;
  }
}

class BorrowedGuard extends Guard {
  readonly borrower: unknown;

  constructor(limiter: CapacityLimiter, borrower: unknown) {
    super(limiter, null);
    this.borrower = borrower;
  }
}

class Acquire extends ParkedCoroutine<Guard> {
  private readonly limiter: CapacityLimiter;
  private borrower: unknown;
  private borrowing: Borrowing | null;

  constructor(limiter: CapacityLimiter, borrower: unknown) {
    super();
    this.limiter = limiter;
    this.borrower = borrower;
    this.borrowing = null;
  }

  get name(): string {
    return "acquire";
  }

  protected override begin(): Step<Guard> {
    const { limiter } = this;
    if (this.borrower === CURRENT_TASK) this.borrower = currentBorrower();
    limiter._checkNew(this.borrower);
    if (limiter._hasFree) return this.over(limiter._lend(this.borrower));
    this.borrowing = limiter._park(this.borrower);
    return this.wait(this.borrowing);
  }

  protected override woken(): Step<Guard> {
    return this.over(new BorrowedGuard(this.limiter, this.borrower));
  }

  protected override lost(wasWoken: boolean): void {
    if (wasWoken) this.limiter.releaseOnBehalfOf(this.borrower);
    else this.limiter._stopAsking(this.borrowing!);
  }
}
