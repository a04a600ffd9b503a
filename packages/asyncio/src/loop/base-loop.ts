import { host as threadHost } from "../host/detect.ts";
import { globals } from "../host/globals.ts";
import type { Host } from "../host/host.ts";
import { type Context, currentContext } from "./context.ts";
import { type Delay, toSeconds } from "./delay.ts";
import { defaultExceptionHandler, type ExceptionContext, type ExceptionHandler } from "./exception-handler.ts";
import { isCoroutineFunctionLike } from "./function-kind.ts";
import { GuestLoop } from "./guest-loop.ts";
import { type Callback, Handle, TimerHandle } from "./handle.ts";
import { slowCallbackMonitor } from "./monitor.ts";
import { inspectCustom, repr } from "./repr.ts";
import { running } from "./running.ts";
import { SignalHandlers } from "./signals.ts";
import { type LoopPort, ThreadsafePorts } from "./threadsafe.ts";

/** Something open that belongs to a loop: a transport, a server. */
export interface Endpoint {
  /** The loop has been closed, and calls nothing any more: give back what the system holds. @internal */
  _onLoopClosed(): void;
}

/**
 * The callback half of the event loop: callbacks, signals, reports of errors, debug mode. When things run stands in
 * `guest-loop.ts`; what futures and tasks add, in `tasks/event-loop.ts`.
 */
export class BaseLoop extends GuestLoop {
  /** A step that took longer is reported in debug mode. Seconds. */
  slowCallbackDuration: number = 0.1;
  /** Debug mode: a cancelled task that still runs after so many seconds is reported. */
  slowCancellationDuration: number = 5;
  /**
   * Debug mode, on Node and Deno: after so many seconds a wait is examined whether anybody is left who could end it. That
   * stops the process for some 50 ms with each MB of its heap. Infinity: never.
   */
  strandedWaitDuration: number = 30;
  /** Coroutines, futures and waits remember the line of code they come from: debug mode and test loops. @internal */
  _keepsPlaces: boolean = false;

  /** Open sockets, servers, pipes and child processes: the outside may still wake the loop. @internal */
  _openEndpoints: number = 0;
  /** Those of them that want to know when the loop is closed under them. @internal */
  readonly _endpoints: Set<Endpoint> = new Set();

  private debug: boolean;
  private signals: SignalHandlers | null = null;
  private ports: ThreadsafePorts | null = null;
  private exceptionHandler: ExceptionHandler | null = null;

  constructor(host: Host = threadHost) {
    super(host);
    this.debug = false;
    this.setDebug(debugByDefault());
  }

  // ---- scheduling

  /** The loop's clock, in seconds. Monotonic; its zero means nothing. */
  time(): number {
    return this._host.now();
  }

  /**
   * Calls `callback(...args)` in the next iteration of the loop, in the context that is current now.
   * Throws `TypeError` for a coroutine (function) and `RuntimeError` on a closed loop.
   */
  callSoon<A extends unknown[]>(callback: (...args: A) => unknown, ...args: A): Handle {
    return this.callSoonIn(currentContext().copy(), callback, ...args);
  }

  /** `callSoon` with an explicit context. */
  callSoonIn<A extends unknown[]>(context: Context, callback: (...args: A) => unknown, ...args: A): Handle {
    this._checkClosed();
    checkCallback(callback, "callSoon");
    const handle = new Handle(this, callback as Callback, args.length === 0 ? null : args, context);
    this._enqueue(handle);
    return handle;
  }

  /**
   * `callSoon` that may be called from outside the loop at any time. Within one thread the two are the same in
   * JavaScript; other threads reach the loop through `threadsafePort`.
   */
  callSoonThreadsafe<A extends unknown[]>(callback: (...args: A) => unknown, ...args: A): Handle {
    this._checkClosed();
    checkCallback(callback, "callSoonThreadsafe");
    return this.callSoonIn(currentContext().copy(), callback, ...args);
  }

  /** Calls `callback(...args)` after `delay`. Cancel it by the handle. */
  callLater<A extends unknown[]>(delay: Delay, callback: (...args: A) => unknown, ...args: A): TimerHandle {
    return this.callLaterIn(currentContext().copy(), delay, callback, ...args);
  }

  callLaterIn<A extends unknown[]>(
    context: Context,
    delay: Delay,
    callback: (...args: A) => unknown,
    ...args: A
  ): TimerHandle {
    if (delay === null || delay === undefined) throw new TypeError("delay must not be null");
    checkCallback(callback, "callLater");
    return this.schedule(context, this.time() + toSeconds(delay), callback as Callback, args);
  }

  /** Calls `callback(...args)` at `when` (seconds on the loop's clock, see `time`). */
  callAt<A extends unknown[]>(when: number, callback: (...args: A) => unknown, ...args: A): TimerHandle {
    return this.callAtIn(currentContext().copy(), when, callback, ...args);
  }

  callAtIn<A extends unknown[]>(
    context: Context,
    when: number,
    callback: (...args: A) => unknown,
    ...args: A
  ): TimerHandle {
    if (when === null || when === undefined) throw new TypeError("when cannot be null");
    checkCallback(callback, "callAt");
    return this.schedule(context, toSeconds(when), callback as Callback, args);
  }

  private schedule(context: Context, when: number, callback: Callback, args: unknown[]): TimerHandle {
    this._checkClosed();
    const handle = new TimerHandle(when, this, callback, args.length === 0 ? null : args, context);
    this._addTimer(when, handle);
    return handle;
  }

  /**
   * A port by which another thread calls callbacks of this loop: give it to a worker (`workerData` or `postMessage`, in
   * the transfer list), which wraps it in a `RemoteLoop`. `callbacks` names what may be called.
   */
  threadsafePort(callbacks: Readonly<Record<string, Callback>>): LoopPort {
    this._checkClosed();
    this.ports ??= new ThreadsafePorts(this);
    return this.ports.create(callbacks);
  }

  /**
   * Calls `callback(...args)` in the loop when the process gets `signal` (a name or number), instead of what the runtime
   * does by default; a second call for the same signal replaces the first. Main thread of Node, Bun and Deno only.
   * Throws `TypeError` for a coroutine, `RangeError` for an unknown signal, `RuntimeError` for one that cannot be caught.
   */
  addSignalHandler<A extends unknown[]>(signal: string | number, callback: (...args: A) => unknown, ...args: A): void {
    this._checkClosed();
    checkCallback(callback, "addSignalHandler");
    this.signals ??= new SignalHandlers(this);
    const context = currentContext().copy();
    this.signals.add(signal, () => new Handle(this, callback as Callback, args.length === 0 ? null : args, context));
  }

  /** Removes the loop's handler for `signal`. False when there was none. */
  removeSignalHandler(signal: string | number): boolean {
    return (this.signals ??= new SignalHandlers(this)).remove(signal);
  }

  /** The outside may wake the loop through `endpoint`, until it is removed. @internal */
  _addEndpoint(endpoint: Endpoint): void {
    this._endpoints.add(endpoint);
    this._openEndpoints++;
  }

  /** Harmless when it has been removed already. @internal */
  _removeEndpoint(endpoint: Endpoint): void {
    if (this._endpoints.delete(endpoint)) this._openEndpoints--;
  }

  /** @internal */
  override _onClose(): void {
    this.signals?.clear();
    this.ports?.clear();
    for (const endpoint of [...this._endpoints]) {
      this._removeEndpoint(endpoint);
      endpoint._onLoopClosed();
    }
  }

  // ---- errors and debug mode

  /** Sets what `callExceptionHandler` calls; null restores the default, which prints. */
  setExceptionHandler(handler: ExceptionHandler | null): void {
    if (handler !== null && typeof handler !== "function") {
      throw new TypeError(`A callable object or null is expected, got ${repr(handler)}`);
    }
    this.exceptionHandler = handler;
  }

  getExceptionHandler(): ExceptionHandler | null {
    return this.exceptionHandler;
  }

  /**
   * Prints the report to standard error: message, the other keys, the exception with its stack. Outside of debug mode the
   * loop's own frames at the end of a stack are left out.
   */
  defaultExceptionHandler(context: ExceptionContext): void {
    defaultExceptionHandler(context, this.debug);
  }

  /**
   * Reports an error that nobody else sees. Never throws, except for errors that leave the loop: a handler that throws
   * is itself reported by the default handler.
   */
  callExceptionHandler(context: ExceptionContext): void {
    const handler = this.exceptionHandler;
    if (handler === null) return this.reportByDefault(context);
    const before = running.context;
    const own = (context.task ?? context.future ?? context.handle) as { getContext?(): Context } | undefined;
    if (typeof own?.getContext === "function") running.context = own.getContext();
    try {
      handler(this, context);
    } catch (error) {
      this.reportByDefault({ message: "Unhandled error in exception handler", exception: error, context });
    } finally {
      running.context = before;
    }
  }

  private reportByDefault(context: ExceptionContext): void {
    try {
      this.defaultExceptionHandler(context);
    } catch (error) {
      globals.console.error("Exception in default exception handler", error, context.message);
    }
  }

  getDebug(): boolean {
    return this.debug;
  }

  /** Debug mode: places of creation, slow callbacks, early reports. Costs time; meant for development and tests. */
  setDebug(enabled: boolean): void {
    this.debug = enabled;
    this._keepsPlaces = enabled;
    this._monitor = enabled ? slowCallbackMonitor(this) : null;
  }

  /** @internal */
  _repr(): string {
    return `<${this.constructor.name} running=${this.isRunning()} closed=${this.isClosed()} debug=${this.debug}>`;
  }

  override toString(): string {
    return this._repr();
  }

  /** @internal */
  [inspectCustom](): string {
    return this._repr();
  }
}

function checkCallback(callback: unknown, method: string): void {
  if (isCoroutineFunctionLike(callback)) throw new TypeError(`coroutines cannot be used with ${method}()`);
  if (typeof callback !== "function") {
    throw new TypeError(`a callable object was expected by ${method}(), got ${repr(callback)}`);
  }
}

function debugByDefault(): boolean {
  const env = globals.process?.env;
  const flag = env?.["ASYNCIO_TS_DEBUG"] ?? env?.["PYTHONASYNCIODEBUG"];
  return flag !== undefined && flag !== "" && flag !== "0";
}
