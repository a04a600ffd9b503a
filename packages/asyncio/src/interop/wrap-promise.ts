import { type Delay, toSeconds } from "../loop/delay.ts";
import { type CancelledError, isCancelled, makeCancelledError } from "../loop/errors.ts";
import type { TimerHandle } from "../loop/handle.ts";
import { repr } from "../loop/repr.ts";
import { settled } from "../structured/call-body.ts";
import { keepEarlier } from "../structured/error-context.ts";
import { driverHere } from "../tasks/ambient.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import type { Driver } from "../tasks/driver.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import { isAwaitable, isThenable } from "../tasks/kinds.ts";
import { callNative } from "../tasks/native-body.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { comesOfAbort } from "./abort-error.ts";
import { OutsideFuture } from "./outside-future.ts";
import { deliverLater, receive } from "./receive.ts";

export interface WrapPromiseOptions {
  /**
   * So long, in seconds or with a unit, a cancelled task waits for work that its signal should have stopped; default 5,
   * null: for ever. Then the work is reported and left to itself.
   */
  readonly grace?: Delay | null;
}

const DEFAULT_GRACE = 5;

/**
 * Foreign work that a cancellation stops: calls `start` with an AbortSignal and waits for the promise that it returns.
 * The call happens when the coroutine is awaited. What `start` throws, the coroutine throws; an awaitable of ours and a
 * plain value serve as well as a promise.
 *
 * When the waiting task is cancelled the signal is aborted at once, with the CancelledError as its reason, and the task
 * waits until the promise has settled, so that nothing is left running. Then
 *  - a rejection that comes of the abort (an AbortError, the reason itself, an error whose cause is the reason) becomes
 *    the CancelledError;
 *  - another error comes out, with the CancelledError in its chain of causes;
 *  - a value that arrives all the same is returned, so that it can be disposed of; the CancelledError comes at the next
 *    wait, as after any promise that is not ours.
 * Work that takes longer than `grace`, or a second cancellation, ends the wait; the exception handler is told.
 */
export function wrapPromise<T>(
  start: (signal: AbortSignal) => PromiseLike<T> | T,
  options: WrapPromiseOptions = {},
): Coroutine<T> {
  if (typeof start !== "function") {
    const advice = isThenable(start) ? "; it is running already: give the function that makes it" : "";
    throw new TypeError(`wrapPromise((signal) => …) takes a function, got ${repr(start)}${advice}`);
  }
  const { grace = DEFAULT_GRACE } = options;
  return new FunctionCoroutine(wrapPromiseDefinition, undefined, [start, grace === null ? null : toSeconds(grace)]);
}

function* wrapPromiseBody<T>(
  start: (signal: AbortSignal) => PromiseLike<T> | T,
  grace: number | null,
): CoroutineGenerator<T> {
  const driver = driverHere()!;
  const controller = new AbortController();
  const promise = callNative(driver, () => start(controller.signal));
  if (isAwaitable(promise) || !isThenable(promise)) return (yield* ours(driver, promise, controller)) as T;
  const work = new Work<T>(driver._task._loop, promise, controller, grace, nameOf(start));
  const value = yield* receive(work);
  if (work.reason !== null) deliverLater(work.reason);
  return value;
}

/** What is awaited as a coroutine is cancelled as one; the signal is aborted, too, for what else it was given to. */
function* ours(driver: Driver, value: unknown, controller: AbortController): CoroutineGenerator<unknown> {
  try {
    return yield* settled(driver, value);
  } catch (error) {
    if (isCancelled(error)) controller.abort(error);
    throw error;
  }
}

/** Work on the outside that an AbortSignal can stop, as a future. Cancelling it is asking it to stop. */
class Work<T> extends OutsideFuture<T> {
  /** Why it has been asked to stop. */
  reason: CancelledError | null = null;
  /** Whether the work has had a chance to stop. */
  private hadTime: boolean = false;
  private readonly controller: AbortController;
  private readonly grace: number | null;
  private readonly work: string;
  private timer: TimerHandle | null = null;

  constructor(
    loop: EventLoop,
    promise: PromiseLike<T>,
    controller: AbortController,
    grace: number | null,
    name: string,
  ) {
    super({ loop });
    this.controller = controller;
    this.grace = grace;
    this.work = name;
    // A thenable may throw, or settle twice; a promise does not.
    Promise.resolve(promise).then(
      (value) => this.arrive(value),
      (error) => this.fail(error),
    );
  }

  override cancel(message?: unknown): boolean {
    if (this.done()) return super.cancel(message);
    if (this.reason !== null) {
      if (!this.hadTime) return true; // Two deadlines in one instant, say: the work has not even heard of the first.
      this.letGo(`was cancelled twice, and did not wait for it`, this.cancelledError(message));
      return true;
    }
    this.reason = this.cancelledError(message);
    if (this.grace !== null) {
      const late = (): void => this.letGo(`did not stop within ${this.grace} s after it was cancelled`, this.reason!);
      this.timer = this._loop.callLater(Math.max(this.grace, 0), late);
    }
    this.controller.abort(this.reason);
    // What stops at once has settled its promise by the iteration after the next.
    this._loop.callSoon(() => this._loop.callSoon(() => void (this.hadTime = true)));
    return true;
  }

  private arrive(value: T): void {
    if (this.done()) return this.reportLate();
    this.timer?.cancel();
    this.setResult(value);
  }

  private fail(error: unknown): void {
    if (this.done()) {
      if (!comesOfAbort(error, this.reason)) this.reportLate(error);
      return;
    }
    this.timer?.cancel();
    if (this.reason !== null && comesOfAbort(error, this.reason)) return this.end(this.reason);
    if (this.reason !== null) keepEarlier(error, this.reason);
    this.setException(error);
  }

  private letGo(why: string, error: CancelledError): void {
    if (this.done()) return;
    this.timer?.cancel();
    this.end(error);
    this._loop.callExceptionHandler({
      message: `wrapPromise(): ${this.work} ${why}; it is left running`,
      future: this,
    });
  }

  private cancelledError(message: unknown): CancelledError {
    return makeCancelledError(message, this._loop._keepsPlaces);
  }

  private end(error: CancelledError): void {
    this._value = error;
    super.cancel(error.reason);
  }

  /** The work has ended, though nobody waits for it any more. */
  private reportLate(error?: unknown): void {
    if (this._loop.isClosed()) return;
    this._loop.callExceptionHandler({
      message: `wrapPromise(): ${this.work}, which was left running, has ${error === undefined ? "ended; its value is lost" : "failed"}`,
      ...(error !== undefined && { exception: error }),
      future: this,
    });
  }
}

function nameOf(start: { readonly name: string }): string {
  return start.name === "" ? "the work" : `${start.name}()`;
}

const wrapPromiseDefinition = define(wrapPromiseBody as never, "wrapPromise");
