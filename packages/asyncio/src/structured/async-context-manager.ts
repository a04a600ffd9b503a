import { RuntimeError } from "../loop/errors.ts";
import { coroutineFunctionBrand } from "../loop/function-kind.ts";
import { inspectCustom, repr } from "../loop/repr.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import { isGenerator } from "../tasks/kinds.ts";
import type { CoroutineGenerator, Suspension } from "../tasks/suspension.ts";
import { callBody } from "./call-body.ts";
import type { AsyncContextManager } from "./context-manager.ts";
import { keepEarlier } from "./error-context.ts";
import { provided } from "./provide.ts";

type Source = CoroutineGenerator<unknown> | AsyncGenerator<unknown, unknown, unknown>;
/** What a generator coroutine hands over, as far as what it returns tells: `return yield* provide(value)`. */
export type ProvidedBy<R> = [Exclude<R, void | undefined>] extends [never] ? R : Exclude<R, void | undefined>;

/**
 * Makes a function that returns asynchronous context managers of one that yields once: what stands before the yield is
 * entering, what stands after it is leaving, and the error that leaves the body is thrown at the yield. A generator that
 * catches it and returns has swallowed it.
 *
 * An async generator writes `yield value`, a generator coroutine `yield* provide(value)`. The latter may stand inside
 * `timeout`, `taskGroup` or another `asyncWith` of the generator, which then surround the body.
 *
 * Each manager serves once; nothing runs before it is entered. Entering throws `RuntimeError` "generator didn't yield",
 * leaving "generator didn't stop" and "generator didn't stop after throw()". Python: `contextlib.asynccontextmanager`.
 */
export function asyncContextManager<A extends unknown[], V>(
  fn: (...args: A) => AsyncGenerator<V, void, unknown>,
): (...args: A) => GeneratorContextManager<V>;
export function asyncContextManager<A extends unknown[], R>(
  fn: (...args: A) => CoroutineGenerator<R>,
): (...args: A) => GeneratorContextManager<ProvidedBy<R>>;
export function asyncContextManager<A extends unknown[]>(
  fn: (...args: A) => Source,
): (...args: A) => GeneratorContextManager<unknown> {
  if (typeof fn !== "function") throw new TypeError("asyncContextManager() takes a function* or an async function*");
  function make(this: unknown, ...args: A): GeneratorContextManager<unknown> {
    return GeneratorContextManager._make(fn as never, this, args);
  }
  Object.defineProperties(make, {
    name: { value: fn.name, configurable: true },
    length: { value: fn.length, configurable: true },
  });
  return make;
}

/** A manager that `asyncContextManager` has made of a generator. */
export class GeneratorContextManager<V> implements AsyncContextManager<V> {
  static {
    for (const method of [this.prototype.aenter, this.prototype.aexit]) {
      Object.defineProperty(method, coroutineFunctionBrand, { value: true });
    }
  }
  private readonly fn: (...args: never[]) => Source;
  private readonly self: unknown;
  private args: readonly unknown[] | null;
  private generator: Source | null = null;

  private constructor(fn: (...args: never[]) => Source, self: unknown, args: readonly unknown[]) {
    this.fn = fn;
    this.self = self;
    this.args = args;
  }

  /** @internal */
  static _make(
    fn: (...args: never[]) => Source,
    self: unknown,
    args: readonly unknown[],
  ): GeneratorContextManager<unknown> {
    return new GeneratorContextManager(fn, self, args);
  }

  /** Runs the generator to its yield and gives the value. Throws `RuntimeError` the second time. */
  aenter(): Coroutine<V> {
    return new FunctionCoroutine<V>(enterDefinition, this, []);
  }

  /** Runs the generator to its end, given an error by throwing it at the yield; true when it has swallowed the error. */
  aexit(error?: unknown): Coroutine<boolean | void> {
    return new FunctionCoroutine<boolean>(exitDefinition, this, [error]);
  }

  /**
   * Leaves the manager, if it has been entered, as if the body had ended well: a disposer does not learn of errors. For
   * a generator that must know of them (a transaction) use `asyncWith`.
   */
  [Symbol.asyncDispose](): Coroutine<void> {
    return new FunctionCoroutine<void>(disposeDefinition, this, []);
  }

  /** @internal */
  *_enter(): CoroutineGenerator<V> {
    const { fn, self, args } = this;
    if (args === null) throw new RuntimeError(`${repr(this)} has been entered already; a manager serves once`);
    this.args = null;
    const generator = fn.apply(self, args as never[]);
    if (!isGenerator(generator)) {
      throw new TypeError(
        `asyncContextManager() takes a function* or an async function*, not one that returns ${repr(generator)}`,
      );
    }
    const step = yield* advance(generator, "next");
    if (step.done === true) throw new RuntimeError("generator didn't yield");
    this.generator = generator;
    return step.value as V;
  }

  /** @internal */
  *_exit(error: unknown): CoroutineGenerator<boolean> {
    const { generator } = this;
    if (generator === null) {
      throw new RuntimeError(`${repr(this)} has ${this.args === null ? "been left already" : "not been entered"}`);
    }
    this.generator = null;
    if (error === undefined) {
      const step = yield* advance(generator, "next");
      if (step.done === true) return false;
      return yield* stop(generator, "generator didn't stop");
    }
    try {
      const step = yield* advance(generator, "throw", error);
      if (step.done === true) return true;
    } catch (raised) {
      if (raised === error) return false;
      throw raised;
    }
    return yield* stop(generator, "generator didn't stop after throw()");
  }

  /** @internal */
  *_dispose(): CoroutineGenerator<void> {
    if (this.generator !== null) yield* this._exit(undefined);
    this.args = null;
  }

  /** @internal */
  _repr(): string {
    return `<context manager ${this.fn.name === "" ? "<anonymous>" : this.fn.name}>`;
  }

  toString(): string {
    return this._repr();
  }

  /** @internal */
  [inspectCustom](): string {
    return this._repr();
  }
}

/** The generator has yielded where it should have ended: it is closed, and the mistake thrown. */
function* stop(generator: Source, message: string): CoroutineGenerator<never> {
  const mistake = new RuntimeError(message);
  try {
    const step = yield* advance(generator, "return", undefined);
    if (step.done !== true) throw new RuntimeError("async generator ignored GeneratorExit");
  } catch (error) {
    keepEarlier(error, mistake);
    throw error;
  }
  throw mistake;
}

/** One step of the user's generator, from where it stands to its next yield of a value, or to its end. */
function* advance(
  generator: Source,
  method: "next" | "throw" | "return",
  ...args: unknown[]
): CoroutineGenerator<IteratorResult<unknown, unknown>> {
  if (Symbol.asyncIterator in generator) {
    return yield* callBody(
      generator[method] as (...args: unknown[]) => Promise<IteratorResult<unknown>>,
      generator,
      ...args,
    );
  }
  let step = (generator[method] as (...args: unknown[]) => IteratorResult<Suspension | undefined, unknown>)(...args);
  while (step.done !== true) {
    const value = provided(step.value);
    if (value !== null) return { done: false, value: value.value };
    let resumed = false;
    try {
      yield step.value;
      resumed = true;
    } catch (error) {
      resumed = true;
      step = generator.throw(error);
      continue;
    } finally {
      // Closed by hand.
      if (!resumed) generator.return(undefined);
    }
    step = generator.next();
  }
  return step;
}

const enterDefinition = define(GeneratorContextManager.prototype._enter as never, "aenter");
const exitDefinition = define(GeneratorContextManager.prototype._exit as never, "aexit");
const disposeDefinition = define(GeneratorContextManager.prototype._dispose as never, "asyncDispose");
