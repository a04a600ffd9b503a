import { type Delay, toSeconds } from "../loop/delay.ts";
import { CancelledError, isCancelled, RuntimeError, TimeoutError } from "../loop/errors.ts";
import type { Handle } from "../loop/handle.ts";
import { inspectCustom } from "../loop/repr.ts";
import { driverHere } from "../tasks/ambient.ts";
import type { Body } from "../tasks/body.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import { getRunningLoop } from "../tasks/default-loop.ts";
import type { Driver } from "../tasks/driver.ts";
import type { Scope } from "../tasks/scope.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import type { Task } from "../tasks/task.ts";
import { type EnteredScope, within } from "./within.ts";

type State = "created" | "active" | "expiring" | "expired" | "finished";

/** A deadline for a body, see `timeout`. asyncio: `Timeout`. */
export class Timeout implements EnteredScope {
  /** @internal */ _outer: Scope | null = null;
  private state: State = "created";
  private deadline: number | null;
  private task: Task<unknown> | null = null;
  private handle: Handle | null = null;
  /** How many cancellations were under way when the body was entered; they are not ours to answer. */
  private cancellingBefore: number = 0;
  private controller: AbortController | null = null;

  /** @internal */
  constructor(when: number | null) {
    this.deadline = when;
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
    this.deadline = when;
    this.handle?.cancel();
    this.handle = null;
    if (when === null) return;
    const { _loop: loop } = this.task!;
    this.handle = when <= loop.time() ? loop.callSoon(this.onTimeout) : loop.callAt(when, this.onTimeout);
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
  *_run<T>(body: (timeout: Timeout) => Body<T>): CoroutineGenerator<T> {
    const driver = this.enter();
    try {
      const value = yield* within(driver, this, body, this);
      this.exit(null);
      return value;
    } catch (error) {
      if (this.state === "finished" || this.state === "expired") throw error; // `exit` has thrown.
      throw this.exit({ error });
    }
  }

  private enter(): Driver {
    if (this.state !== "created") throw new RuntimeError("Timeout has already been entered");
    const driver = driverHere();
    if (driver === null) throw new RuntimeError("Timeout should be used inside a task");
    this.task = driver._task;
    this._outer = driver._scope;
    this.state = "active";
    this.cancellingBefore = this.task._cancellingWithin(this);
    this.reschedule(this.deadline);
    return driver;
  }

  /** Ends the timeout; returns the error that leaves the body, which may be another than the one that reached it. */
  private exit(thrown: { readonly error: unknown } | null): unknown {
    this.handle?.cancel();
    this.handle = null;
    if (this.state === "active") {
      this.state = "finished";
      return thrown?.error;
    }
    this.state = "expired";
    const othersLeft = this.task!._uncancelScope(this);
    if (thrown === null) return undefined;
    const { error } = thrown;
    if (othersLeft > this.cancellingBefore) return error;
    if (isCancelled(error)) return new TimeoutError("", { cause: error });
    insertTimeoutError(error);
    if (error instanceof AggregateError) for (const member of error.errors as unknown[]) insertTimeoutError(member);
    return error;
  }

  private readonly onTimeout = (): void => {
    this.state = "expiring";
    this.handle = null;
    if (this.controller !== null) this.controller.abort(new CancelledError());
    this.task!._requestCancel(undefined, this);
  };

  /** @internal */
  _repr(): string {
    const when =
      this.state === "active"
        ? ` when=${this.deadline === null ? "null" : Math.round(this.deadline * 1000) / 1000}`
        : "";
    return `<Timeout [${this.state}]${when}>`;
  }

  toString(): string {
    return this._repr();
  }

  /** @internal */
  [inspectCustom](): string {
    return this._repr();
  }
}

/** The body failed because the timeout cancelled it: its error names the timeout in the chain of its causes. */
function insertTimeoutError(error: unknown): void {
  for (let at = error; at instanceof Error && at.cause !== undefined; at = at.cause) {
    if (!isCancelled(at.cause)) continue;
    at.cause = new TimeoutError("", { cause: at.cause });
    return;
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
  return yield* new Timeout(seconds === null ? null : getRunningLoop().time() + seconds)._run(body);
}

function* timeoutAtBody<T>(when: number | null, body: (timeout: Timeout) => Body<T>): CoroutineGenerator<T> {
  return yield* new Timeout(when)._run(body);
}

const timeoutDefinition = define(timeoutBody as never, "timeout");

const timeoutAtDefinition = define(timeoutAtBody as never, "timeoutAt");
