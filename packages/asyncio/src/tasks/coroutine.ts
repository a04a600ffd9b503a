import { RuntimeError, StopIteration } from "../loop/errors.ts";
import { coroutineBrand, coroutineFunctionBrand, isAsyncFunction, isGeneratorFunction } from "../loop/function-kind.ts";
import { inspectCustom } from "../loop/repr.ts";
import { running } from "../loop/running.ts";
import { captureStack, placeOf, type Trace } from "../loop/stack.ts";
import { ambient, driverHere } from "./ambient.ts";
import { ThenableBase } from "./awaitable.ts";
import { type Body, type BodyFunction, startBody } from "./body.ts";
import { noRunningLoop } from "./default-loop.ts";
import type { Driver } from "./driver.ts";
import { InlineDriver } from "./inline-driver.ts";
import { resumeNow } from "./native-body.ts";
import { awaitingPlace, noteCreated } from "./never-awaited.ts";
import type { NativeScope } from "./scope.ts";
import { type CoroutineIterator, handover, iterated, type Suspension } from "./suspension.ts";
import { madeAt } from "./wanted-places.ts";

export type CoroutineState = "created" | "running" | "suspended" | "closed";

export const CREATED = 0;
export const STARTED = 1;
export const CLOSED = 2;
/** Not started yet, but a task is going to. */
export const CLAIMED = 3;

/**
 * A computation that has not started: it runs when it is awaited, inside the caller's task, or handed to `createTask`.
 * Awaiting it a second time is an error, never awaiting it is reported. asyncio: a coroutine object.
 */
export abstract class Coroutine<T> extends ThenableBase<T> {
  static {
    Object.defineProperty(this.prototype, coroutineBrand, { value: true });
  }
  /** @internal */ _phase: 0 | 1 | 2 | 3;
  declare private readonly brand: T;

  /** @internal */
  constructor() {
    super();
    this._phase = CREATED;
    noteCreated(this);
  }

  /** The name of the function that made it. */
  abstract get name(): string;

  /** "created", "running", "suspended" or "closed". Python: `inspect.getcoroutinestate()`. */
  get state(): CoroutineState {
    if (this._phase === STARTED) return this._startedState();
    return this._phase === CLOSED ? "closed" : "created";
  }

  /** @internal */
  _startedState(): "running" | "suspended" | "closed" {
    return "suspended";
  }

  /** Debug mode: where it was made. @internal */
  get _sourceTraceback(): string[] | null {
    return madeAt.get(this)?.lines ?? null;
  }

  /** Its stack names the line of its function's definition, as far as known. @internal */
  get _definition(): Trace | null {
    return null;
  }

  /** `file:line` of that definition. @internal */
  get _definedAt(): string | null {
    return this._definition?.place ?? null;
  }

  /** A task is going to run it. @internal */
  _claim(): void {
    if (this._phase === CREATED) this._phase = CLAIMED;
    // The task's own step could not tell: here, where the coroutine may have been awaited, its end can be seen.
    else if (this._phase === STARTED && this.state === "closed") this._phase = CLOSED;
  }

  /** Starts it on behalf of a driver (null: by hand) and gives what the driver has to step. @internal */
  abstract _start(driver: Driver | null): CoroutineIterator<T>;

  override [Symbol.iterator](): CoroutineIterator<T> {
    return this._start(this._awaitingDriver());
  }

  /** @internal */
  _awaitingDriver(): Driver | null {
    if (running.loop === null && !handover.byHand)
      throw ambient.get() === undefined ? noRunningLoop(OUTSIDE) : iterated();
    return (running.driver ?? running.task) as Driver | null;
  }

  /** @internal */
  _checkUnstarted(): void {
    if (this._phase === CREATED || this._phase === CLAIMED) return;
    const { state } = this;
    throw new RuntimeError(
      state === "closed" ? "cannot reuse already awaited coroutine" : "coroutine is being awaited already",
    );
  }

  /** @internal */
  override _awaitNatively(resolve: (value: T) => void, reject: (error: unknown) => void): void {
    const place = awaitingPlace(this);
    if (place === undefined || place.task._loop.isClosed()) {
      const error = place === undefined ? noRunningLoop(OUTSIDE) : new RuntimeError("Event loop is closed");
      if (this._phase === CREATED) this._phase = CLOSED; // It has been awaited: one report is enough.
      return reject(error);
    }
    try {
      this._checkUnstarted();
      this._runNatively(place, resolve, reject);
    } catch (error) {
      reject(error);
    }
  }

  /** Native code of a task awaits it. @internal */
  _runNatively(place: NativeScope, resolve: (value: T) => void, reject: (error: unknown) => void): void {
    resumeNow(new InlineDriver(place, this as Coroutine<unknown>, resolve as (value: unknown) => void, reject));
  }

  // ---- by hand

  /**
   * Drives the coroutine by hand to its next suspension, which is returned. Generator coroutines only.
   * Throws `StopIteration` with the `value` when the coroutine returns.
   */
  abstract send(value: unknown): Suspension | undefined;
  /** Throws `error` into the coroutine at its suspension; otherwise as `send`. */
  abstract throw(error: unknown): Suspension | undefined;
  /** Ends the coroutine: one that has not started never will (and is not reported), one driven by hand runs its `finally`. */
  abstract close(): void;

  /** @internal */
  _repr(): string {
    const place = placeOf(this._sourceTraceback?.[0]);
    return `<coroutine ${this.name}${place === null ? "" : ` created at ${place}`}>`;
  }

  override toString(): string {
    return this._repr();
  }

  /** @internal */
  [inspectCustom](): string {
    return this._repr();
  }
}

const OUTSIDE = ": await it inside run(), or hand it to loop.createTask()";

/** What the coroutines of one function share. */
export interface Definition {
  readonly fn: BodyFunction;
  readonly name: string;
  readonly isGenerator: boolean;
  readonly isAsync: boolean;
  /** Its stack names the line where the function was made a coroutine function. */
  readonly place: Trace | null;
}

export function define(fn: BodyFunction, name: string): Definition {
  return { fn, name, isGenerator: isGeneratorFunction(fn), isAsync: isAsyncFunction(fn), place: null };
}

/** A function's body with its arguments. */
export class FunctionCoroutine<T> extends Coroutine<T> {
  private readonly definition: Definition;
  /** `this` of the body; once started, who steps it (null: by hand). */
  private self: unknown;
  private args: readonly unknown[] | null;
  private iterator: CoroutineIterator<T> | null;

  constructor(definition: Definition, self: unknown, args: readonly unknown[]) {
    super();
    this.definition = definition;
    this.self = self;
    this.args = args;
    this.iterator = null;
  }

  /**
   * A native body that native code awaits runs in the awaiting code's own place: same task, same scope, same frame. What
   * it waits for is the task's own business, so nothing stands between its promise and the code that awaits it.
   */
  override _runNatively(place: NativeScope, resolve: (value: T) => void, reject: (error: unknown) => void): void {
    const { definition, self, args } = this;
    if (!definition.isAsync) return super._runNatively(place, resolve, reject);
    this._phase = STARTED;
    this.self = place.task;
    this.args = null;
    (definition.fn.apply(self, args as never[]) as Promise<T>).then(
      (value) => {
        this._phase = CLOSED;
        resolve(value);
      },
      (error) => {
        this._phase = CLOSED;
        reject(error);
      },
    );
  }

  get name(): string {
    return this.definition.name;
  }

  /** @internal */
  override get _definition(): Trace | null {
    return this.definition.place;
  }

  override [Symbol.iterator](): CoroutineIterator<T> {
    const { definition } = this;
    // What `_start(_awaitingDriver())` does, for the case that all frames of a generator task are in.
    if (this._phase === CREATED && definition.isGenerator && running.loop !== null) {
      const { self, args } = this;
      this._phase = STARTED;
      this.self = running.driver ?? running.task;
      this.args = null;
      this.iterator = definition.fn.apply(self, args as never[]) as CoroutineIterator<T>;
      return this.iterator;
    }
    return this._start(this._awaitingDriver());
  }

  /** @internal */
  override _start(driver: Driver | null): CoroutineIterator<T> {
    if (this._phase !== CREATED) this._checkUnstarted();
    this._phase = STARTED;
    const { definition, self, args } = this;
    this.self = driver;
    this.args = null;
    if (definition.isGenerator) {
      this.iterator = definition.fn.apply(self, args as never[]) as CoroutineIterator<T>;
    } else if (driver !== null) {
      this.iterator = startBody(driver, definition.fn, self, args!) as CoroutineIterator<T>;
    } else {
      throw new RuntimeError(`coroutine '${this.name}' is an async function: only a task can run it`);
    }
    return this.iterator;
  }

  /** @internal */
  override _startedState(): "running" | "suspended" | "closed" {
    const driver = this.self as Driver | null;
    if (driver === null) return "suspended"; // By hand; while it runs, nobody outside can ask.
    if (driver._ended()) return "closed";
    // Native code of the task asks, after its first await.
    if (running.loop === null && driver._task._stepIsOpen()) {
      return ambient.get()?.task === driver._task ? "running" : "suspended";
    }
    if (running.loop === null || driverHere() !== driver) return "suspended";
    return this.probe();
  }

  /**
   * Whether the generator runs or has ended, while its driver executes. It cannot be suspended then, so that asking it
   * for its next value disturbs nothing: a running generator refuses, an ended one has nothing to give.
   */
  private probe(): "running" | "closed" {
    if (this.iterator === null) return "running";
    try {
      this.iterator.next();
      return "closed";
    } catch {
      return "running";
    }
  }

  override send(value: unknown): Suspension | undefined {
    if (this._phase === CREATED && value !== undefined && value !== null) {
      throw new TypeError("can't send non-None value to a just-started coroutine");
    }
    return this.byHand((iterator) => iterator.next(value as never));
  }

  override throw(error: unknown): Suspension | undefined {
    if (this.state === "created") {
      this.close();
      throw error;
    }
    return this.byHand((iterator) => iterator.throw!(error));
  }

  private byHand(advance: (iterator: CoroutineIterator<T>) => IteratorResult<Suspension, T>): Suspension | undefined {
    if (this._phase === CLOSED || (this._phase === STARTED && this.self !== null)) this._checkUnstarted();
    const before = handover.byHand;
    handover.byHand = true;
    handover.offered = null;
    try {
      this.iterator ??= this._start(null);
      const result = advance(this.iterator);
      handover.offered = null;
      if (result.done !== true) return result.value;
      this._phase = CLOSED;
      throw new StopIteration(result.value);
    } catch (error) {
      if (!(error instanceof StopIteration)) this._phase = CLOSED;
      throw error;
    } finally {
      handover.byHand = before;
    }
  }

  override close(): void {
    const { iterator, _phase: phase } = this;
    const driver = phase === STARTED ? this.self : null;
    if (phase === STARTED && driver !== null && this.state !== "closed") {
      throw new RuntimeError(`coroutine '${this.name}' belongs to a task: cancel the task`);
    }
    this._phase = CLOSED;
    this.self = this.args = null;
    if (phase !== STARTED || iterator === null || driver !== null) return;
    const { closing, byHand } = handover;
    handover.closing = handover.byHand = true;
    try {
      if (iterator.return?.().done === false) throw new RuntimeError("coroutine ignored GeneratorExit");
    } finally {
      handover.closing = closing;
      handover.byHand = byHand;
      handover.offered = null;
    }
  }
}

/** `new FunctionCoroutine(…)` without the chain of `super` calls, which V8 does not inline where it counts. */
const QuickCoroutine = function (
  this: Record<string, unknown>,
  definition: Definition,
  self: unknown,
  args: readonly unknown[],
): void {
  this["_phase"] = CREATED;
  this["definition"] = definition;
  this["self"] = self;
  this["args"] = args;
  this["iterator"] = null;
  noteCreated(this as never);
} as unknown as new <T>(
  definition: Definition,
  self: unknown,
  args: readonly unknown[],
) => FunctionCoroutine<T>;
(QuickCoroutine as { prototype: unknown }).prototype = FunctionCoroutine.prototype;

/**
 * Makes a coroutine function of an async function or a generator function: calling it runs nothing, it returns a
 * `Coroutine`. Name, length and types are kept; `this` is passed on, so it serves for methods.
 *
 * A parameter with a default needs its type written: `coroutine(async (delay: number = 0) => …)`.
 * Throws `TypeError` for what is not a function. asyncio: `async def`, formerly `@asyncio.coroutine`.
 */
export function coroutine<A extends unknown[], T>(fn: (...args: A) => Body<T>): (...args: A) => Coroutine<T> {
  if (typeof fn !== "function") throw new TypeError("coroutine() takes an async function or a function*");
  const name = fn.name === "" ? "<anonymous>" : fn.name;
  const definition: Definition = { ...define(fn as unknown as BodyFunction, name), place: captureStack(4) };
  function make(this: unknown, ...args: A): Coroutine<T> {
    return new QuickCoroutine<T>(definition, this, args);
  }
  Object.defineProperties(make, {
    name: { value: definition.name, configurable: true },
    length: { value: fn.length, configurable: true },
    [coroutineFunctionBrand]: { value: true },
  });
  return make;
}
