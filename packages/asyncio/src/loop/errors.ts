import { OSError, type OSErrorDetails } from "./os-error.ts";

/** The base of asyncio's own errors that Python derives from Exception. */
export class RuntimeError extends Error {
  static {
    this.prototype.name = "RuntimeError";
  }
}

/** What this runtime, or this kind of loop, cannot do. Python: `NotImplementedError`. */
export class NotImplementedError extends RuntimeError {
  static {
    this.prototype.name = "NotImplementedError";
  }
}

/** A Future or Task is in a state in which the operation makes no sense. asyncio: `InvalidStateError`. */
export class InvalidStateError extends Error {
  static {
    this.prototype.name = "InvalidStateError";
  }
}

const cancelledBrand = Symbol.for("asyncio-ts.CancelledError");

/**
 * Thrown at the place where a task waits when the task is cancelled. asyncio: `CancelledError`.
 *
 * In Python it is a BaseException, so that `except Exception` lets it pass. A JavaScript `catch` catches everything:
 * rethrow it (`if (isCancelled(error)) throw error`), or the task goes on as if nobody had cancelled it.
 */
export class CancelledError extends Error {
  static {
    this.prototype.name = "CancelledError";
    Object.defineProperty(this.prototype, cancelledBrand, { value: true });
    Object.defineProperty(this.prototype, "reason", { value: undefined, writable: true });
  }
  /** What was given to `cancel(message)`, of any type. */
  declare readonly reason: unknown;
  constructor(reason?: unknown) {
    super(reason === undefined || reason === null ? "" : String(reason));
    // Without a reason it prints as a plain error does.
    if (reason !== undefined) this.reason = reason;
  }
}

/**
 * `new CancelledError(reason)` without what makes an engine's errors dear: a stack costs 3–7 µs on Node 20, an empty one
 * still 0.4 µs, this 10 ns. It is an `instanceof Error`, prints like one, and has its first line for a stack.
 */
const QuickCancelledError = function (this: { reason: unknown }, reason: unknown): void {
  if (reason === undefined) return;
  this.reason = reason;
  if (reason === null) return;
  Object.defineProperty(this, "message", { value: String(reason), writable: true, configurable: true });
} as unknown as new (
  reason: unknown,
) => CancelledError;
(QuickCancelledError as { prototype: unknown }).prototype = CancelledError.prototype;

// Where the engine's own errors inherit it (Firefox), theirs must not be hidden.
if (Object.hasOwn(new Error(), "stack")) {
  Object.defineProperty(CancelledError.prototype, "stack", {
    configurable: true,
    get(this: CancelledError) {
      return String(this);
    },
    set(this: CancelledError, value: unknown) {
      Object.defineProperty(this, "stack", { value, writable: true, configurable: true });
    },
  });
}

/** The error of a cancellation that the loop delivers; with a stack where places are wanted (debug mode, test loops). */
export function makeCancelledError(reason: unknown, withStack: boolean): CancelledError {
  return withStack ? new CancelledError(reason) : new QuickCancelledError(reason);
}

/**
 * Whether an error is a cancellation: a `CancelledError` (of any copy of the package), or an `AbortError` whose cause is
 * one, as `fetch` and other users of a task's signal throw it.
 */
export function isCancelled(error: unknown): error is CancelledError {
  let at = error;
  // Aborts of aborts; the bound is for circles.
  for (let depth = 0; depth < 10; depth++) {
    if (typeof at !== "object" || at === null) return false;
    if ((at as { readonly [cancelledBrand]?: unknown })[cancelledBrand] === true) return true;
    const { name, cause } = at as { readonly name?: unknown; readonly cause?: unknown };
    if (name !== "AbortError") return false;
    at = cause;
  }
  return false;
}

/**
 * An operation ran out of time. asyncio: `TimeoutError`; its `cause` is the `CancelledError` that ended the work. As in
 * Python it is an `OSError`, too, because the system's own (`ETIMEDOUT`) is one of these.
 */
export class TimeoutError extends OSError {
  static {
    this.prototype.name = "TimeoutError";
  }
  /** The seconds after which it ran out, where a `timeout` or `waitFor` with a delay says so. asyncio does not tell. */
  declare readonly delay?: number;
  constructor(message = "", options: OSErrorDetails & { readonly delay?: number } = {}) {
    super(message, options);
  }
}

/** The user asked the program to stop (Ctrl-C, SIGTERM). Leaves the loop at once. Python: `KeyboardInterrupt`. */
export class KeyboardInterrupt extends Error {
  static {
    this.prototype.name = "KeyboardInterrupt";
  }
  /** The signal that was received. */
  readonly signal: string;
  constructor(message = "", options: ErrorOptions & { readonly signal?: string } = {}) {
    super(message, options);
    this.signal = options.signal ?? "SIGINT";
  }
}

/** A barrier is broken, or was reset while tasks waited. asyncio: `BrokenBarrierError`. */
export class BrokenBarrierError extends RuntimeError {
  static {
    this.prototype.name = "BrokenBarrierError";
  }
}

/** What was asked for cannot be had without waiting. trio: `WouldBlock`. */
export class WouldBlock extends Error {
  static {
    this.prototype.name = "WouldBlock";
  }
}

/** A coroutine that was driven by hand (`send`, `throw`) has ended. Python: `StopIteration`. */
export class StopIteration extends Error {
  static {
    this.prototype.name = "StopIteration";
  }
  /** What the coroutine returned. */
  readonly value: unknown;
  constructor(value?: unknown) {
    super("");
    this.value = value;
  }
}

/** Python's exceptions that are no `Exception`: they leave the loop at once instead of being reported. */
export function leavesLoop(error: unknown): error is KeyboardInterrupt {
  return error instanceof KeyboardInterrupt;
}

/** `getNowait()` found nothing in the queue. asyncio: `QueueEmpty`. */
export class QueueEmpty extends Error {
  static {
    this.prototype.name = "QueueEmpty";
  }
}

/** `putNowait()` found no room in the queue. asyncio: `QueueFull`. */
export class QueueFull extends Error {
  static {
    this.prototype.name = "QueueFull";
  }
}

/** The queue has been shut down: nothing can be put any more, or nothing is left to get. asyncio: `QueueShutDown`. */
export class QueueShutDown extends Error {
  static {
    this.prototype.name = "QueueShutDown";
  }
}

/** Nothing will ever come any more: all senders have closed. trio: `EndOfChannel`. */
export class EndOfChannel extends Error {
  static {
    this.prototype.name = "EndOfChannel";
  }
}

/** The other side has gone for good. trio: `BrokenResourceError`. */
export class BrokenResourceError extends Error {
  static {
    this.prototype.name = "BrokenResourceError";
  }
}

/** This end was closed, before or during its use. trio: `ClosedResourceError`. */
export class ClosedResourceError extends Error {
  static {
    this.prototype.name = "ClosedResourceError";
  }
}

/** The system cannot send a file by itself, and nothing else was allowed. asyncio: `SendfileNotAvailableError`. */
export class SendfileNotAvailableError extends RuntimeError {
  static {
    this.prototype.name = "SendfileNotAvailableError";
  }
}
