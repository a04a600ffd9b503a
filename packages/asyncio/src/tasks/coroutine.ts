import { RuntimeError, StopIteration } from "../loop/errors.ts";
import { coroutineBrand, coroutineFunctionBrand, isAsyncFunction } from "../loop/function-kind.ts";
import { inspectCustom } from "../loop/repr.ts";
import { running } from "../loop/running.ts";
import { captureStack } from "../loop/stack.ts";
import { ambient, driverHere } from "./ambient.ts";
import { AwaitableBase } from "./awaitable.ts";
import { type Body, type BodyFunction, startBody } from "./body.ts";
import { noRunningLoop } from "./default-loop.ts";
import type { Driver } from "./driver.ts";
import { InlineDriver } from "./inline-driver.ts";
import { resumeNow } from "./native-body.ts";
import { noteCreated } from "./never-awaited.ts";
import { type CoroutineIterator, handover, iterated, type Suspension } from "./suspension.ts";

export type CoroutineState = "created" | "running" | "suspended" | "closed";

/**
 * A computation that has not started: it runs when it is awaited, inside the caller's task, or handed to `createTask`.
 * Awaiting it a second time is an error, never awaiting it is reported. asyncio: a coroutine object.
 */
export class Coroutine<T> extends AwaitableBase<T> {
  static {
    Object.defineProperty(this.prototype, coroutineBrand, { value: true });
  }
  /** The name of the function that made it. */
  readonly name: string;
  /** Debug mode: where it was made. @internal */
  readonly _sourceTraceback: string[] | null;
  /** @internal */ _phase: "created" | "started" | "closed";
  /** Who steps it. @internal */
  _driver: Driver | null;
  private fn: BodyFunction | null;
  private self: unknown;
  private args: readonly unknown[] | null;
  private iterator: CoroutineIterator<unknown> | null;
  declare private readonly brand: T;

  /** @internal */
  constructor(fn: BodyFunction | null, self: unknown, args: readonly unknown[] | null, name: string) {
    super();
    this.name = name;
    this._sourceTraceback = noteCreated(this) ? captureStack() : null;
    this._phase = "created";
    this._driver = null;
    this.fn = fn;
    this.self = self;
    this.args = args;
    this.iterator = null;
  }

  /** "created", "running", "suspended" or "closed". Python: `inspect.getcoroutinestate()`. */
  get state(): CoroutineState {
    if (this._phase !== "started") return this._phase;
    const driver = this._driver;
    if (driver === null) return "suspended"; // By hand; while it runs, nobody outside can ask.
    if (driver._task.done()) return "closed";
    if (running.loop === null || driverHere() !== driver) return "suspended";
    return this.probe();
  }

  // ---- awaiting

  override [Symbol.iterator](): CoroutineIterator<T> {
    if (running.loop === null && !handover.byHand) throw ambient.get() === undefined ? noRunningLoop(OUTSIDE) : iterated();
    return this._start(driverHere()) as CoroutineIterator<T>;
  }

  /** Starts the body on behalf of a driver (null: by hand) and gives what the driver has to step. @internal */
  _start(driver: Driver | null): CoroutineIterator<unknown> {
    if (this._phase !== "created") throw this.reuse();
    this._phase = "started";
    this._driver = driver;
    const { fn, self, args } = this;
    this.fn = this.self = this.args = null;
    if (driver === null && isAsyncFunction(fn)) {
      throw new RuntimeError(`coroutine '${this.name}' is an async function: only a task can run it`);
    }
    this.iterator = this._begin(driver, fn, self, args);
    return this.iterator;
  }

  /** @internal */
  _begin(driver: Driver | null, fn: BodyFunction | null, self: unknown, args: readonly unknown[] | null): CoroutineIterator<unknown> {
    if (driver === null) return fn!.apply(self, (args ?? []) as never[]) as CoroutineIterator<unknown>;
    return startBody(driver, fn!, self, args ?? []);
  }

  /** @internal */
  override _awaitNatively(resolve: (value: T) => void, reject: (error: unknown) => void): void {
    const place = ambient.get();
    if (place === undefined) return reject(noRunningLoop(OUTSIDE));
    if (this._phase !== "created") return reject(this.reuse());
    const { _loop: loop } = place.task;
    if (!loop.isRunning()) return reject(new RuntimeError("Event loop is closed"));
    const driver = new InlineDriver(
      place,
      (owner) => this._start(owner),
      (value) => {
        this._phase = "closed";
        resolve(value as T);
      },
      (error) => {
        this._phase = "closed";
        reject(error);
      },
    );
    resumeNow(driver);
  }

  private reuse(): RuntimeError {
    const busy = this.state === "suspended" || this.state === "running";
    return new RuntimeError(
      busy ? "coroutine is being awaited already" : "cannot reuse already awaited coroutine",
    );
  }

  /**
   * Whether the generator runs or has ended, while its driver executes. It cannot be suspended then, so that asking it
   * for its next value disturbs nothing: a running generator refuses, an ended one has nothing to give.
   */
  private probe(): "running" | "closed" {
    const { iterator } = this;
    if (iterator === null) return "running";
    try {
      iterator.next();
      return "closed";
    } catch {
      return "running";
    }
  }

  // ---- by hand

  /**
   * Drives the coroutine by hand to its next suspension, which is returned. Generator coroutines only.
   * Throws `StopIteration` with the `value` when the coroutine returns.
   */
  send(value: unknown): Suspension | undefined {
    if (this._phase === "created" && value !== undefined && value !== null) {
      throw new TypeError("can't send non-None value to a just-started coroutine");
    }
    return this.byHand((iterator) => iterator.next(value as never));
  }

  /** Throws `error` into the coroutine at its suspension; otherwise as `send`. */
  throw(error: unknown): Suspension | undefined {
    if (this._phase === "created") {
      this.close();
      throw error;
    }
    return this.byHand((iterator) => iterator.throw!(error));
  }

  private byHand(advance: (iterator: CoroutineIterator<unknown>) => IteratorResult<Suspension, unknown>): Suspension | undefined {
    if (this._phase === "closed") throw new RuntimeError("cannot reuse already awaited coroutine");
    if (this._driver !== null) throw this.reuse();
    const before = handover.byHand;
    handover.byHand = true;
    handover.offered = null;
    try {
      this.iterator ??= this._start(null);
      const result = advance(this.iterator);
      handover.offered = null;
      if (result.done !== true) return result.value;
      this._phase = "closed";
      throw new StopIteration(result.value);
    } catch (error) {
      if (!(error instanceof StopIteration)) this._phase = "closed";
      throw error;
    } finally {
      handover.byHand = before;
    }
  }

  /** Ends the coroutine: one that has not started never will (and is not reported), one driven by hand runs its `finally`. */
  close(): void {
    const { iterator, _phase: phase } = this;
    if (phase === "started" && this._driver !== null && this.state !== "closed") {
      throw new RuntimeError(`coroutine '${this.name}' belongs to a task: cancel the task`);
    }
    this._phase = "closed";
    this.fn = this.self = this.args = null;
    if (phase !== "started" || iterator === null || this._driver !== null) return;
    const before = handover.closing;
    handover.closing = true;
    try {
      if (iterator.return?.().done === false) throw new RuntimeError("coroutine ignored GeneratorExit");
    } finally {
      handover.closing = before;
      handover.offered = null;
    }
  }

  /** @internal */
  _repr(): string {
    return `<coroutine ${this.name}>`;
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
  function make(this: unknown, ...args: A): Coroutine<T> {
    return new Coroutine<T>(fn as unknown as BodyFunction, this, args, name);
  }
  Object.defineProperties(make, {
    name: { value: name, configurable: true },
    length: { value: fn.length, configurable: true },
    [coroutineFunctionBrand]: { value: true },
  });
  return make;
}

