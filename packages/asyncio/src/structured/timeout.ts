import { type Delay, toSeconds } from "../loop/delay.ts";
import { CancelledError, isCancelled, RuntimeError, TimeoutError } from "../loop/errors.ts";
import { inspectCustom } from "../loop/repr.ts";
import { driverHere } from "../tasks/ambient.ts";
import { type Body, startBody } from "../tasks/body.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import { getRunningLoop } from "../tasks/default-loop.ts";
import type { Driver } from "../tasks/driver.ts";
import { cancelledAround, Scope } from "../tasks/scope.ts";
import type { CoroutineGenerator, CoroutineIterator } from "../tasks/suspension.ts";
import type { Task } from "../tasks/task.ts";
import { Deadline } from "./deadline.ts";
import { iterate } from "./within.ts";

type State = "created" | "active" | "expiring" | "expired" | "finished";

/** A deadline for a body, see `timeout`. asyncio: `Timeout`. */
export class Timeout extends Scope {
  private state: State = "created";
  private deadline: number | null;
  private task: Task<unknown> | null = null;
  private timer: Deadline | null = null;
  /** How many cancellations were under way when the body was entered; they are not ours to answer. */
  private cancellingBefore: number = 0;
  private controller: AbortController | null = null;

  /** The delay that the deadline comes from; null when there is none, or it has been moved. */
  private delay: number | null;

  private constructor(when: number | null, delay: number | null) {
    super();
    this.deadline = when;
    this.delay = delay;
  }

  /** @internal */
  static _make(when: number | null, delay: number | null): Timeout {
    return new Timeout(when, delay);
  }

  /** The deadline in seconds on the loop's clock; null when there is none. */
  when(): number | null {
    return this.deadline;
  }

  /** Moves the deadline; null removes it. Throws `RuntimeError` unless the body is running and has not timed out. */
  reschedule(when: number | null): void {
    if (this.state !== "active") {
      if (this.state === "created") throw new RuntimeError("Timeout has not been entered");
      throw new RuntimeError(`Cannot change state of ${this.state} Timeout`);
    }
    if (when !== this.deadline) this.delay = null;
    this.deadline = when;
    this.timer?.cancel();
    this.timer = when === null ? null : new Deadline(this, this.task!._loop, when);
  }

  /** Whether the deadline has passed while the body ran. */
  expired(): boolean {
    return this.state === "expiring" || this.state === "expired";
  }

  /** Aborted when the deadline passes, with a CancelledError as its reason. Made when first asked for. */
  get signal(): AbortSignal {
    if (this.controller === null) {
      this.controller = new AbortController();
      if (this.expired()) this.controller.abort(new CancelledError());
    }
    return this.controller.signal;
  }

  /** @internal */
  *_run<A extends unknown[], T>(body: (...args: A) => Body<T>, ...args: A): CoroutineGenerator<T> {
    const driver = this.enter();
    let value: T;
    driver._scope = this;
    try {
      value = yield* iterate(startBody(driver, body as never, undefined, args) as CoroutineIterator<T>);
    } catch (error) {
      driver._scope = this._outer;
      throw this.exit({ error });
    }
    driver._scope = this._outer;
    this.exit(null);
    return value;
  }

  /** @internal */
  override get _hasDeadline(): boolean {
    return this.timer !== null;
  }

  private enter(): Driver {
    if (this.state !== "created") throw new RuntimeError("Timeout has already been entered");
    const driver = driverHere();
    if (driver === null) throw new RuntimeError("Timeout should be used inside a task");
    this.task = driver._task;
    this._enterFrom(driver._scope);
    this.state = "active";
    this.cancellingBefore = this.task._cancellingWithin(this);
    this.reschedule(this.deadline);
    return driver;
  }

  /** Ends the timeout; returns the error that leaves the body, which may be another than the one that reached it. */
  private exit(thrown: { readonly error: unknown } | null): unknown {
    this.timer?.cancel();
    this.timer = null;
    if (this.state === "active") {
      this.state = "finished";
      return thrown?.error;
    }
    this.state = "expired";
    if (thrown === null) this.task!._loop._watch?.noteSwallowed(this.task!, this);
    const othersLeft = this.task!._uncancelScope(this);
    if (thrown === null) return undefined;
    const { error } = thrown;
    if (othersLeft > this.cancellingBefore || cancelledAround(this._outer) !== null) return error;
    if (isCancelled(error)) return this.timeoutError(error);
    this.insertTimeoutError(error);
    if (error instanceof AggregateError)
      for (const member of error.errors as unknown[]) this.insertTimeoutError(member);
    return error;
  }

  private timeoutError(cause: unknown): TimeoutError {
    return new TimeoutError("", this.delay === null ? { cause } : { cause, delay: this.delay });
  }

  /** The body failed because the timeout cancelled it: its error names the timeout in the chain of its causes. */
  private insertTimeoutError(error: unknown): void {
    for (let at = error; at instanceof Error && at.cause !== undefined; at = at.cause) {
      if (!isCancelled(at.cause)) continue;
      at.cause = this.timeoutError(at.cause);
      return;
    }
  }

  /** @internal */
  _expire(): void {
    this.state = "expiring";
    this.timer = null;
    this.controller?.abort(new CancelledError());
    this.task!._requestCancel(undefined, this);
  }

  /** @internal */
  _repr(): string {
    const when =
      this.state === "active"
        ? ` when=${this.deadline === null ? "null" : Math.round(this.deadline * 1000) / 1000}`
        : "";
    return `<Timeout [${this.state}]${when}>`;
  }

  override toString(): string {
    return this._repr();
  }

  /** @internal */
  [inspectCustom](): string {
    return this._repr();
  }
}

/**
 * Runs `body` and cancels what it waits for when `delay` is over; then throws `TimeoutError`, whose cause is the
 * `CancelledError`. `null` sets no deadline (see `Timeout.reschedule`). The clock starts when it is awaited.
 *
 * A body that handles the cancellation and returns gives its value. Timeouts nest: with equal deadlines the outer one
 * throws. Must run in a task. asyncio: `async with timeout(delay):`.
 */
export function timeout<T>(delay: Delay | null, body: (timeout: Timeout) => Body<T>): Coroutine<T> {
  if (typeof body !== "function")
    throw new TypeError("timeout(delay, body) takes a function, which is not yet running");
  const seconds = delay === null ? null : toSeconds(delay);
  return new FunctionCoroutine(timeoutDefinition, undefined, [seconds, body]);
}

/** As `timeout`, with a deadline on the loop's clock instead of a delay. asyncio: `timeout_at`. */
export function timeoutAt<T>(when: number | null, body: (timeout: Timeout) => Body<T>): Coroutine<T> {
  if (typeof body !== "function")
    throw new TypeError("timeoutAt(when, body) takes a function, which is not yet running");
  return new FunctionCoroutine(timeoutAtDefinition, undefined, [when, body]);
}

function* timeoutBody<T>(seconds: number | null, body: (timeout: Timeout) => Body<T>): CoroutineGenerator<T> {
  const timeout = Timeout._make(seconds === null ? null : getRunningLoop().time() + seconds, seconds);
  return yield* timeout._run(body, timeout);
}

function* timeoutAtBody<T>(when: number | null, body: (timeout: Timeout) => Body<T>): CoroutineGenerator<T> {
  const timeout = Timeout._make(when, null);
  return yield* timeout._run(body, timeout);
}

const timeoutDefinition = define(timeoutBody as never, "timeout");

const timeoutAtDefinition = define(timeoutAtBody as never, "timeoutAt");
