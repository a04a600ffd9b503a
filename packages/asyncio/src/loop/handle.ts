import { captureFrame, runInFrame } from "../host/frames.ts";
import type { BaseLoop } from "./base-loop.ts";
import type { Context } from "./context.ts";
import { leavesLoop } from "./errors.ts";
import { takePlace } from "./first-places.ts";
import { callbackName, inspectCustom, repr } from "./repr.ts";
import { running } from "./running.ts";
import type { Trace } from "./stack.ts";

// biome-ignore lint/suspicious/noExplicitAny: a callback takes whatever it was scheduled with; callSoon's type checks it
export type Callback = (...args: any[]) => unknown;

/** A callback that is going to be called. asyncio: `Handle`. */
export class Handle {
  /** @internal */ readonly _loop: BaseLoop;
  /** @internal */ _callback: Callback | null;
  /** @internal */ _args: readonly unknown[] | null;
  /** @internal */ readonly _context: Context;
  /** @internal */ _cancelled: boolean;
  private readonly frame: unknown;
  /** Debug mode: where the callback was scheduled. @internal */
  readonly _sourceTraceback: Trace | null;

  /** @internal */
  constructor(loop: BaseLoop, callback: Callback, args: readonly unknown[] | null, context: Context) {
    this._loop = loop;
    this._callback = callback;
    this._args = args;
    this._context = context;
    this._cancelled = false;
    this.frame = captureFrame();
    this._sourceTraceback = loop._keepsPlaces ? takePlace() : null;
  }

  /** The callback will not be called. Harmless when it has been called already. */
  cancel(): void {
    if (this._cancelled) return;
    this._cancelled = true;
    this._callback = null;
    this._args = null;
  }

  cancelled(): boolean {
    return this._cancelled;
  }

  /** The context the callback runs in. */
  getContext(): Context {
    return this._context;
  }

  /** @internal */
  _run(): void {
    runInFrame(this.frame, this);
  }

  /** @internal */
  _step(): void {
    const callback = this._callback;
    if (callback === null) return;
    running.task = null;
    running.context = this._context;
    const args = this._args;
    try {
      if (args === null) callback();
      else if (args.length === 1) callback(args[0]);
      else callback(...args);
    } catch (error) {
      if (leavesLoop(error)) throw error;
      this._loop.callExceptionHandler({
        message: `Exception in callback ${callbackName(callback)}${this._place()}`,
        exception: error,
        handle: this,
        ...(this._sourceTraceback !== null && { sourceTraceback: this._sourceTraceback.lines }),
      });
    }
  }

  /** @internal */
  _place(): string {
    const place = this._sourceTraceback?.place ?? null;
    return place === null ? "" : ` created at ${place}`;
  }

  /** @internal */
  _repr(): string {
    const what = this._cancelled ? "cancelled" : callbackName(this._callback);
    return `<${this.constructor.name}${this._when()} ${what}${this._place()}>`;
  }

  /** @internal */
  _when(): string {
    return "";
  }

  toString(): string {
    return this._repr();
  }

  /** @internal */
  [inspectCustom](): string {
    return this._repr();
  }
}

/** A callback that is going to be called at a time. asyncio: `TimerHandle`. */
export class TimerHandle extends Handle {
  /** @internal */ _scheduled: boolean;
  private readonly due: number;

  /** @internal */
  constructor(when: number, loop: BaseLoop, callback: Callback, args: readonly unknown[] | null, context: Context) {
    super(loop, callback, args, context);
    this.due = when;
    this._scheduled = false;
  }

  /** When the callback is due, in seconds on the loop's clock. */
  when(): number {
    return this.due;
  }

  override cancel(): void {
    if (this._cancelled) return;
    super.cancel();
    if (this._scheduled) this._loop._timers.noteCancelled();
  }

  /** @internal */
  override _when(): string {
    return ` when=${repr(this.due)}`;
  }
}
