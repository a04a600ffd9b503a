import { BrokenBarrierError } from "../loop/errors.ts";
import { inspectCustom } from "../loop/repr.ts";
import type { Body } from "../tasks/body.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { Condition } from "./condition.ts";
import { runBody } from "./exclusive.ts";

/** Filling until all are there; draining, or resetting, until all of these have left; broken until it is reset. */
type State = "filling" | "draining" | "resetting" | "broken";

export interface BarrierStatistics {
  readonly parties: number;
  readonly state: State;
  /** How many tasks wait for the others. */
  readonly waiters: number;
}

/**
 * A place where tasks wait for each other until `parties` of them are there; then all go on, and it can be used again.
 * asyncio: `Barrier`.
 */
export class Barrier {
  /** How many tasks have to come. */
  readonly parties: number;
  private readonly condition: Condition = new Condition();
  private state: State = "filling";
  /** How many are inside: they wait for the others, or have not left yet. */
  private count: number = 0;

  /** Throws `RangeError` unless `parties` is an integer ≥ 1. */
  constructor(parties: number) {
    if (!(parties >= 1)) throw new RangeError("parties must be >= 1");
    if (!Number.isInteger(parties)) throw new RangeError("parties must be an integer");
    this.parties = parties;
  }

  /**
   * Waits for the other parties; gives each of them another number from 0 to `parties - 1`, so that one of them can be
   * chosen for what only one has to do. A task that comes while the last round leaves waits for the next.
   *
   * Throws `BrokenBarrierError` when the barrier is or gets broken or is reset. A task that is cancelled makes its place
   * free again. asyncio: `wait()`.
   */
  wait(): Coroutine<number> {
    return new FunctionCoroutine(waitDefinition, this, []);
  }

  /**
   * Waits for the other parties, then runs `body` with the task's number. Nothing happens when the body ends: a barrier
   * has no exclusive part. Python: `async with barrier as position:`.
   */
  use<T>(body: (index: number) => Body<T>): Coroutine<T> {
    return new FunctionCoroutine(useDefinition, this, [body]);
  }

  /** Makes the barrier empty; those that wait get `BrokenBarrierError`. Repairs a broken barrier. asyncio: `reset()`. */
  reset(): Coroutine<void> {
    return new FunctionCoroutine(resetDefinition, this, []);
  }

  /** Breaks the barrier: who waits, and who comes, gets `BrokenBarrierError` until `reset`. asyncio: `abort()`. */
  abort(): Coroutine<void> {
    return new FunctionCoroutine(abortDefinition, this, []);
  }

  /** How many tasks wait for the others. */
  get nWaiting(): number {
    return this.state === "filling" ? this.count : 0;
  }

  get broken(): boolean {
    return this.state === "broken";
  }

  statistics(): BarrierStatistics {
    return { parties: this.parties, state: this.state, waiters: this.nWaiting };
  }

  /** @internal */
  *_waitSteps(): CoroutineGenerator<number> {
    const { condition } = this;
    const guard = yield* condition.acquire();
    try {
      yield* condition.waitFor(() => this.state !== "draining" && this.state !== "resetting");
      if (this.broken) throw new BrokenBarrierError("Barrier aborted");
      try {
        const index = this.count++;
        if (index + 1 === this.parties) this.change("draining");
        else yield* this.fill();
        return index;
      } finally {
        this.count--;
        this.leave();
      }
    } finally {
      guard.release();
    }
  }

  private *fill(): CoroutineGenerator<void> {
    yield* this.condition.waitFor(() => this.state !== "filling");
    if (this.state === "broken" || this.state === "resetting") {
      throw new BrokenBarrierError("Abort or reset of barrier");
    }
  }

  private leave(): void {
    if (this.count > 0) return;
    if (this.state === "resetting" || this.state === "draining") this.state = "filling";
    this.condition.notifyAll();
  }

  /** @internal */
  *_useSteps<T>(body: (index: number) => Body<T>): CoroutineGenerator<T> {
    const index = yield* this.wait();
    return yield* runBody(body, index);
  }

  /** @internal */
  *_resetSteps(): CoroutineGenerator<void> {
    const guard = yield* this.condition.acquire();
    this.change(this.count > 0 ? "resetting" : "filling");
    guard.release();
  }

  /** @internal */
  *_abortSteps(): CoroutineGenerator<void> {
    const guard = yield* this.condition.acquire();
    this.change("broken");
    guard.release();
  }

  private change(state: State): void {
    this.state = state;
    this.condition.notifyAll();
  }

  /** @internal */
  _repr(): string {
    return `<Barrier [${this.broken ? this.state : `${this.state}, waiters:${this.nWaiting}/${this.parties}`}]>`;
  }

  toString(): string {
    return this._repr();
  }

  /** @internal */
  [inspectCustom](): string {
    return this._repr();
  }
}

const waitDefinition = define(Barrier.prototype._waitSteps, "wait");
const useDefinition = define(Barrier.prototype._useSteps as never, "use");
const resetDefinition = define(Barrier.prototype._resetSteps, "reset");
const abortDefinition = define(Barrier.prototype._abortSteps, "abort");
