import type { Context } from "../loop/context.ts";
import { currentContext } from "../loop/context.ts";
import { InvalidStateError, makeCancelledError, StopIteration } from "../loop/errors.ts";
import { takePlace } from "../loop/first-places.ts";
import { type Callback, Handle } from "../loop/handle.ts";
import { inspectCustom, repr } from "../loop/repr.ts";
import type { Runnable } from "../loop/runnable.ts";
import { placeOf } from "../loop/stack.ts";
import { ambient } from "./ambient.ts";
import { ThenableBase } from "./awaitable.ts";
import { getEventLoop } from "./default-loop.ts";
import type { EventLoop } from "./event-loop.ts";
import { CANCELLED, FAILED, FINISHED, PENDING } from "./future-state.ts";
import { futureBrand } from "./kinds.ts";
import { waitNatively } from "./native-wait.ts";
import { notePlace } from "./note-place.ts";
import { type CoroutineIterator, endIteration, offerSuspension, type Suspension } from "./suspension.ts";
import type { Task } from "./task.ts";
import type { UnretrievedRecord } from "./unretrieved.ts";
import { madeAt, places } from "./wanted-places.ts";

export { CANCELLED, FAILED, FINISHED, PENDING };

const STATE_NAMES = ["pending", "finished", "finished", "cancelled"] as const;

export interface FutureOptions {
  /** The loop whose iterations call the callbacks; default: the running (or the thread's default) loop. */
  readonly loop?: EventLoop;
}
export interface DoneCallbackOptions {
  /** The context the callback runs in; default: a copy of the current one. */
  readonly context?: Context;
}

/**
 * A result that is not there yet. asyncio: `Future`.
 *
 * `await future` and `yield* future` wait for it; cancelling the waiting task cancels the future.
 */
export class Future<T> extends ThenableBase<T> {
  static {
    Object.defineProperty(this.prototype, futureBrand, { value: true });
  }
  /** @internal */ readonly _loop: EventLoop;
  /** @internal */ _state: 0 | 1 | 2 | 3;
  /** Result or error; for a cancelled future the CancelledError that a task died of, until somebody takes it. @internal */
  _value: unknown;
  /** Who runs when the future is done: one item, or several in the order of their registration. @internal */
  _callbacks: Runnable | Runnable[] | null;
  /** What `cancel(message)` was given. @internal */
  _cancelMessage: unknown;
  /** An error that nobody has looked at yet. @internal */
  _unretrieved: UnretrievedRecord | null;
  declare private readonly brand: T;

  constructor(options?: FutureOptions) {
    super();
    this._loop = options?.loop ?? getEventLoop();
    this._state = PENDING;
    this._value = undefined;
    this._callbacks = null;
    this._cancelMessage = undefined;
    this._unretrieved = null;
    if (places.wanted > 0 && this._loop._keepsPlaces) madeAt.set(this, takePlace());
  }

  /** Debug mode: where it was made. @internal */
  get _sourceTraceback(): string[] | null {
    return madeAt.get(this)?.lines ?? null;
  }

  // ---- state

  /** The result. Throws the future's error, `CancelledError`, or `InvalidStateError` while there is none. */
  result(): T {
    if (this._state === FINISHED) return this._value as T;
    if (this._state === PENDING) throw new InvalidStateError("Result is not ready.");
    throw this._takeError();
  }

  /** The error, null when there is none. Throws `CancelledError`, or `InvalidStateError` while pending. */
  exception(): unknown {
    if (this._state === FINISHED) return null;
    if (this._state === PENDING) throw new InvalidStateError("Exception is not set.");
    if (this._state === CANCELLED) throw this._takeError();
    return this._takeError();
  }

  /** The error that a waiter gets; the future counts as retrieved. @internal */
  _takeError(): unknown {
    if (this._state === CANCELLED) return this._makeCancelledError();
    if (this._unretrieved !== null) {
      this._unretrieved.forget();
      this._unretrieved = null;
    }
    return this._value;
  }

  /** The error a task died of is passed on once, as asyncio does; others get one of their own. @internal */
  _makeCancelledError(): unknown {
    const error = this._value;
    if (error !== undefined) {
      this._value = undefined;
      return error;
    }
    return makeCancelledError(this._cancelMessage, this._loop._keepsPlaces);
  }

  done(): boolean {
    return this._state !== PENDING;
  }

  cancelled(): boolean {
    return this._state === CANCELLED;
  }

  /** Cancels the future. `message` travels with the CancelledError. False when the future is done already. */
  cancel(message?: unknown): boolean {
    if (this._state !== PENDING) {
      this._forgetUnretrieved();
      return false;
    }
    this._cancelMessage = message;
    this._state = CANCELLED;
    this._schedule();
    return true;
  }

  /** Sets the result. Throws `InvalidStateError` when the future is done already. */
  setResult(value: T): void {
    if (this._state !== PENDING) throw this._invalidState();
    this._value = value;
    this._state = FINISHED;
    this._schedule();
  }

  /** Makes the future fail with `error` (a class is instantiated). Throws `InvalidStateError` when it is done already. */
  setException(error: unknown): void {
    if (this._state !== PENDING) throw this._invalidState();
    const value = typeof error === "function" && isErrorClass(error) ? new error() : error;
    if (value instanceof StopIteration) {
      throw new TypeError("StopIteration interacts badly with generators and cannot be raised into a Future");
    }
    this._setFailed(value);
  }

  /** @internal */
  _setFailed(error: unknown): void {
    this._value = error;
    this._state = FAILED;
    this._schedule();
    this._unretrieved = this._loop._failures.add(this);
  }

  private _invalidState(): InvalidStateError {
    return new InvalidStateError(`${STATE_NAMES[this._state].toUpperCase()}: ${repr(this)}`);
  }

  /** The loop that the future belongs to. */
  getLoop(): EventLoop {
    return this._loop;
  }

  // ---- callbacks

  /**
   * Calls `callback(future)` in the loop's next iteration after the future is done. Never synchronously; in the order of
   * registration.
   */
  addDoneCallback(callback: (future: this) => void, options: DoneCallbackOptions = {}): void {
    const context = options.context ?? currentContext().copy();
    this._addCallback(new Handle(this._loop, callback as Callback, [this], context));
  }

  /** Removes all registrations of `callback`; returns how many there were. */
  removeDoneCallback(callback: (future: this) => void): number {
    const callbacks = this._callbacks;
    if (callbacks === null) return 0;
    const all = Array.isArray(callbacks) ? callbacks : [callbacks];
    const kept = all.filter((item) => !(item instanceof Handle && item._callback === callback));
    this._callbacks = kept.length === 0 ? null : kept;
    return all.length - kept.length;
  }

  /** @internal */
  _addCallback(item: Runnable): void {
    if (this._state !== PENDING) return this._loop._enqueue(item);
    const callbacks = this._callbacks;
    if (callbacks === null) this._callbacks = item;
    else if (Array.isArray(callbacks)) callbacks.push(item);
    else this._callbacks = [callbacks, item];
  }

  /** @internal */
  _removeCallback(item: Runnable): void {
    const callbacks = this._callbacks;
    if (callbacks === item) {
      this._callbacks = null;
    } else if (Array.isArray(callbacks)) {
      const at = callbacks.indexOf(item);
      if (at >= 0) callbacks.splice(at, 1);
    }
  }

  /** @internal */
  _schedule(): void {
    const callbacks = this._callbacks;
    if (callbacks === null) return;
    this._callbacks = null;
    if (!Array.isArray(callbacks)) return this._loop._enqueue(callbacks);
    for (const item of callbacks) this._loop._enqueue(item);
  }

  // ---- awaiting

  /**
   * The future is its own iterator: it has no state of its own to keep. Pending, it offers itself to the driver; done,
   * it gives its result. (`next`, `throw` and `return` are no part of the declared type.)
   */
  override [Symbol.iterator](): CoroutineIterator<T> {
    return this as unknown as CoroutineIterator<T>;
  }

  /** @internal */
  next(): IteratorResult<Suspension, T> {
    if (this._state === PENDING) {
      if (this._loop._keepsPlaces) notePlace(this as Future<unknown>);
      return offerSuspension(this);
    }
    if (this._state === FINISHED) return { done: true, value: this._value as T };
    throw this._takeError();
  }

  /** @internal */
  throw(error: unknown): never {
    throw error;
  }

  /** @internal */
  return(value?: T): IteratorReturnResult<T> {
    return endIteration(value);
  }

  /** @internal */
  override _awaitNatively(resolve: (value: T) => void, reject: (error: unknown) => void, awaited: boolean): void {
    if (this._state === PENDING) return waitNatively(this, resolve, reject, awaited ? ambient.get() : undefined);
    if (this._state === FINISHED) resolve(this._value as T);
    else reject(this._takeError());
  }

  /**
   * Whether a cancellation of a native task that waits for several things at once ends this future too. A child task or
   * a future that others may wait for must survive; a sleep or a queue's waiter is nobody else's.
   * @internal
   */
  get _private(): boolean {
    return false;
  }

  /** A cancelled cancel scope does not end the wait for it: what it waits for must end first. @internal */
  get _outlastsScopes(): boolean {
    return false;
  }

  /** What reports say that a task waits for. @internal */
  get _subject(): unknown {
    return this;
  }

  /** The tasks and futures that must end before it can, as far as it knows. @internal */
  _dependsOn(): readonly Future<unknown>[] {
    return [];
  }

  /** Those that settle it by their end, as far as they are known; null when it follows none. @internal */
  _follows(): readonly Future<unknown>[] | null {
    return null;
  }

  /** A timer of its own settles it. @internal */
  get _isTimer(): boolean {
    return false;
  }

  /** The future as a task: for modules that a task is made of, which cannot import its class. @internal */
  get _asTask(): Task<unknown> | null {
    return null;
  }

  /** It is settled by what is not the loop's: a promise, an emitter. Only real time will tell when. @internal */
  get _isOutside(): boolean {
    return false;
  }

  /** The future stands for native code that has waits of its own. @internal */
  get _isNativeBody(): boolean {
    return false;
  }

  private _forgetUnretrieved(): void {
    this._unretrieved?.forget();
    this._unretrieved = null;
  }

  // ---- representation

  /** "Future" or "Task" in reports. @internal */
  get _kind(): string {
    return "Future";
  }

  /** @internal */
  _repr(): string {
    return `<${[this.constructor.name, ...this._reprInfo()].join(" ")}>`;
  }

  /** @internal */
  _reprInfo(): string[] {
    const info: string[] = [STATE_NAMES[this._state]];
    if (this._state === FINISHED) info.push(`result=${repr(this._value)}`);
    else if (this._state === FAILED) info.push(`exception=${repr(this._value)}`);
    const callbacks =
      this._callbacks === null ? [] : Array.isArray(this._callbacks) ? this._callbacks : [this._callbacks];
    if (callbacks.length > 0) info.push(`cb=[${callbacks.map(reprCallback).join(", ")}]`);
    const place = placeOf(this._sourceTraceback?.[0]);
    if (place !== null) info.push(`created at ${place}`);
    return info;
  }

  override toString(): string {
    return this._repr();
  }

  /** @internal */
  [inspectCustom](): string {
    return this._repr();
  }
}

function reprCallback(item: Runnable): string {
  if (item instanceof Handle) return repr(item._callback).replace(/^<function (.*)>$/, "$1()");
  return "Task.wakeup()";
}

function isErrorClass(value: unknown): value is new () => Error {
  return typeof value === "function" && (value === Error || value.prototype instanceof Error);
}

/** Sets a future's result unless it has been cancelled or is otherwise done. */
export function setResultUnlessDone<T>(future: Future<T>, value: T): void {
  if (!future.done()) future.setResult(value);
}
