import { type Delay, toSeconds } from "../loop/delay.ts";
import { CancelledError, isCancelled, RuntimeError, TimeoutError } from "../loop/errors.ts";
import { inspectCustom } from "../loop/repr.ts";
import { driverHere } from "../tasks/ambient.ts";
import { type Body, startBody } from "../tasks/body.ts";
import { partFromScope, retryCancellation } from "../tasks/cancellation.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import { getRunningLoop } from "../tasks/default-loop.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import { CancelNode } from "../tasks/scope.ts";
import type { CoroutineGenerator, CoroutineIterator } from "../tasks/suspension.ts";
import type { Task } from "../tasks/task.ts";
import { Deadline } from "./deadline.ts";
import { ExceptionGroup } from "./exception-group.ts";
import { iterate } from "./within.ts";

export interface CancelScopeOptions {
  /** When the scope is cancelled, in seconds on the loop's clock; default Infinity: never. */
  readonly deadline?: number;
  /** Whether cancellations from outside are held back while the scope is open; default false. */
  readonly shield?: boolean;
}

/** What a scope gives as its cancellation's reason when its deadline has passed. */
const DEADLINE_PASSED = "deadline passed";

/** A stretch of work that can be cancelled as a whole, see `cancelScope`. trio: `CancelScope`. */
export class CancelScope extends CancelNode {
  private when: number;
  private loop: EventLoop | null = null;
  private task: Task<unknown> | null = null;
  private timer: Deadline | null = null;
  private left: boolean = false;
  private caught: boolean = false;
  /** The cancellation that the scope has ended. @internal */
  _ended: unknown = undefined;
  /** How many requests for cancellation were under way when the scope was entered; they are not its to answer. */
  private cancellingBefore: number = 0;
  private controller: AbortController | null = null;

  private constructor(deadline: number, shield: boolean) {
    super();
    this.when = deadline;
    this._shielded = shield;
  }

  /** @internal */
  static _make(deadline: number, shield: boolean): CancelScope {
    return new CancelScope(deadline, shield);
  }

  /**
   * Cancels everything inside, for good: what waits there now is interrupted by `CancelledError`, and so is every later
   * wait until the scope is left. `reason` travels with the errors. A second call does nothing.
   */
  cancel(reason?: unknown): void {
    if (this._called || this.left) return;
    this._called = true;
    this._reason = reason;
    this.timer?.cancel();
    this.timer = null;
    this._spread();
  }

  /** When the scope is cancelled, in seconds on the loop's clock; Infinity: never. Can be set at any time. */
  get deadline(): number {
    return this.when;
  }

  set deadline(when: number) {
    this.when = checkedDeadline(when);
    if (this._called || this.left) return;
    this.timer?.cancel();
    this.timer = when === Infinity ? null : new Deadline(this, this.loop!, when);
  }

  /**
   * Whether cancellations from outside are held back: those of scopes around it, and requests to its task, which come at
   * the first wait after it. Can be set at any time.
   */
  get shield(): boolean {
    return this._shielded;
  }

  set shield(shield: boolean) {
    if (typeof shield !== "boolean") throw new TypeError("shield must be a boolean");
    this._shielded = shield;
    if (!this.left) this._spread();
    if (!shield && this.task !== null) retryCancellation(this.task);
  }

  /** Whether the scope has been cancelled, by `cancel` or because its deadline has passed. */
  get cancelCalled(): boolean {
    if (!this._called && !this.left && this.loop !== null && this.loop.time() >= this.when) this._expire();
    return this._called;
  }

  /** Whether the scope has ended a cancellation: its body was interrupted by it. */
  get cancelledCaught(): boolean {
    return this.caught;
  }

  /**
   * Aborted when the scope is cancelled, or a scope around it that it is not shielded from, with a CancelledError as its
   * reason. Made when first asked for.
   */
  get signal(): AbortSignal {
    if (this.controller === null) {
      this.controller = new AbortController();
      const by = this._cancelledBy;
      if (by !== null) this.controller.abort(new CancelledError(by._reason));
    }
    return this.controller.signal;
  }

  /** @internal */
  override _onReached(by: CancelNode): void {
    this.controller?.abort(new CancelledError(by._reason));
  }

  /** @internal */
  override get _hasDeadline(): boolean {
    return this.timer !== null;
  }

  /** The body, as part of the coroutine that is running here; gives undefined when the scope was cancelled. @internal */
  *_run<T>(body: (scope: CancelScope) => Body<T>): CoroutineGenerator<T | undefined> {
    const driver = driverHere();
    if (driver === null) throw new RuntimeError("a cancel scope should be used inside a task");
    const task = driver._task;
    const outer = driver._scope;
    this.enter(task, outer);
    driver._scope = this;
    let value: T;
    try {
      value = yield* iterate(startBody(driver, body as never, undefined, [this]) as CoroutineIterator<T>);
    } catch (error) {
      driver._scope = outer;
      return this.exitWith(error);
    }
    driver._scope = outer;
    this.exit();
    return value;
  }

  private enter(task: Task<unknown>, outer: CancelScope["_outer"]): void {
    this.task = task;
    this.loop = task._loop;
    this._enterFrom(outer);
    this.cancellingBefore = task._cancellingWithin(outer);
    if (this.when <= this.loop.time()) this._expire();
    else if (this.when !== Infinity) this.timer = new Deadline(this, this.loop, this.when);
    this._join(task);
  }

  private exit(): void {
    this.left = true;
    this.timer?.cancel();
    this.timer = null;
    partFromScope(this.task!, this);
    this._leave();
  }

  /** Keeps the cancellations that are its own and throws what is left of `error`. */
  private exitWith(error: unknown): undefined {
    const requested = !this._shielded && this.task!._cancellingWithin(this._outer) > this.cancellingBefore;
    const own = this._called && !this._reachedFromOutside && !requested;
    this.exit();
    if (!own) throw error;
    const [cancelled, rest] = isCancelled(error)
      ? [error, null]
      : error instanceof ExceptionGroup
        ? error.split(isCancelled)
        : [null, error];
    if (cancelled !== null) this.caught = true;
    if (rest !== null) throw rest;
    this._ended = error;
    return undefined;
  }

  /** @internal */
  _expire(): void {
    this.cancel(DEADLINE_PASSED);
  }

  /** @internal */
  _repr(): string {
    const state = this.task === null ? "unentered" : this.left ? "left" : "entered";
    const info = [
      ...(this.when === Infinity ? [] : [`deadline=${Math.round(this.when * 1000) / 1000}`]),
      ...(this._shielded ? ["shield"] : []),
      ...(this._called ? ["cancelled"] : []),
    ];
    return `<${["CancelScope", state, ...info].join(" ")}>`;
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
 * Runs `body` in a scope that can be cancelled as a whole: by `scope.cancel(reason)`, from anywhere, or by its deadline.
 * The cancellation lasts until the scope is left: every wait inside is interrupted by `CancelledError`, also in child
 * tasks of groups opened inside, and also when the error is swallowed. Gives the body's value, or `undefined` when the
 * cancellation interrupted it; then `scope.cancelledCaught` is true.
 *
 * A cancellation from outside passes through, unless the scope is shielded: then it waits until the scope is left. Must
 * run in a task. Throws `RangeError` for a deadline that is NaN. trio: `with CancelScope():`.
 */
export function cancelScope<T>(
  body: (scope: CancelScope) => Body<T>,
  options: CancelScopeOptions = {},
): Coroutine<T | undefined> {
  if (typeof body !== "function") throw new TypeError("cancelScope(body) takes a function, which is not yet running");
  const { deadline = Infinity, shield = false } = options;
  return new FunctionCoroutine(cancelScopeDefinition, undefined, [body, checkedDeadline(deadline), shield]);
}

/** What `moveOnAfter` gives: the value of the body that was in time, or that it was not. */
export type MovedOn<T> = { readonly timedOut: true } | { readonly timedOut: false; readonly value: T };

/**
 * Runs `body` and cancels it when `delay` is over, for good (see `cancelScope`): no error, the result says whether the
 * body was in time. The clock starts when it is awaited. trio: `move_on_after`.
 */
export function moveOnAfter<T>(delay: Delay, body: (scope: CancelScope) => Body<T>): Coroutine<MovedOn<T>> {
  if (typeof body !== "function") throw new TypeError("moveOnAfter(delay, body) takes a function");
  return new FunctionCoroutine(moveOnAfterDefinition, undefined, [toSeconds(delay), body]);
}

/**
 * Runs `body` and cancels it when `delay` is over, for good (see `cancelScope`); then throws `TimeoutError`, whose cause
 * is the `CancelledError`. A body that returns all the same gives its value. The clock starts when it is awaited.
 * trio: `fail_after`. `timeout` is asyncio's, which asks once.
 */
export function failAfter<T>(delay: Delay, body: (scope: CancelScope) => Body<T>): Coroutine<T> {
  if (typeof body !== "function") throw new TypeError("failAfter(delay, body) takes a function");
  return new FunctionCoroutine(failAfterDefinition, undefined, [toSeconds(delay), body]);
}

function checkedDeadline(deadline: number): number {
  if (typeof deadline !== "number") throw new TypeError("a deadline is a number of seconds on the loop's clock");
  if (Number.isNaN(deadline)) throw new RangeError("Invalid deadline: NaN (not a number)");
  return deadline;
}

function* cancelScopeBody<T>(
  body: (scope: CancelScope) => Body<T>,
  deadline: number,
  shield: boolean,
): CoroutineGenerator<T | undefined> {
  return yield* CancelScope._make(deadline, shield)._run(body);
}

function* moveOnAfterBody<T>(seconds: number, body: (scope: CancelScope) => Body<T>): CoroutineGenerator<MovedOn<T>> {
  const scope = CancelScope._make(getRunningLoop().time() + seconds, false);
  const value = yield* scope._run(body);
  return scope.cancelledCaught ? { timedOut: true } : { timedOut: false, value: value as T };
}

function* failAfterBody<T>(seconds: number, body: (scope: CancelScope) => Body<T>): CoroutineGenerator<T> {
  const scope = CancelScope._make(getRunningLoop().time() + seconds, false);
  const value = yield* scope._run(body);
  if (scope.cancelledCaught) throw new TimeoutError("", { cause: scope._ended, delay: seconds });
  return value as T;
}

const cancelScopeDefinition = define(cancelScopeBody as never, "cancelScope");
const moveOnAfterDefinition = define(moveOnAfterBody as never, "moveOnAfter");
const failAfterDefinition = define(failAfterBody as never, "failAfter");
