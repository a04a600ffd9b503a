import { RuntimeError } from "./errors.ts";
import { ambientLookup, running } from "./running.ts";

type Values = Map<ContextVar<unknown>, unknown>;

/**
 * The values of context variables at a place in the program. Python: `contextvars.Context`.
 *
 * Copying costs one small object: copies share their map until one of them is written to.
 */
export class Context {
  private values: Values | null;
  private owned: boolean;
  private entered: boolean;

  constructor() {
    this.values = null;
    this.owned = false;
    this.entered = false;
  }

  /** A copy that can be changed independently. */
  copy(): Context {
    const copy = new Context();
    copy.values = this.values;
    this.owned = false;
    return copy;
  }

  /**
   * Calls `fn(...args)` with this context as the current one and returns what it returns.
   * Throws `RuntimeError` when the context is already entered.
   */
  run<A extends unknown[], R>(fn: (...args: A) => R, ...args: A): R {
    if (this.entered || (running.loop !== null && running.context === this)) {
      throw new RuntimeError("cannot enter context: <Context> is already entered");
    }
    const before = running.context;
    this.entered = true;
    running.context = this;
    try {
      return fn(...args);
    } finally {
      running.context = before;
      this.entered = false;
    }
  }

  /** The variable's value in this context, `undefined` when it has none (its default does not count). */
  get<T>(variable: ContextVar<T>): T | undefined {
    return this.values?.get(variable as ContextVar<unknown>) as T | undefined;
  }

  /** Whether the variable has a value in this context. */
  has(variable: ContextVar<never> | ContextVar<unknown>): boolean {
    return this.values?.has(variable as ContextVar<unknown>) ?? false;
  }

  get size(): number {
    return this.values?.size ?? 0;
  }

  keys(): IterableIterator<ContextVar<unknown>> {
    return (this.values ?? new Map<ContextVar<unknown>, unknown>()).keys();
  }

  entries(): IterableIterator<[ContextVar<unknown>, unknown]> {
    return (this.values ?? new Map<ContextVar<unknown>, unknown>()).entries();
  }

  [Symbol.iterator](): IterableIterator<ContextVar<unknown>> {
    return this.keys();
  }

  /** @internal */
  _set(variable: ContextVar<unknown>, value: unknown): void {
    if (this.values === null || !this.owned) {
      this.values = new Map(this.values);
      this.owned = true;
    }
    this.values.set(variable, value);
  }

  /** @internal */
  _delete(variable: ContextVar<unknown>): void {
    if (this.values?.has(variable) !== true) return;
    if (!this.owned) {
      this.values = new Map(this.values);
      this.owned = true;
    }
    this.values.delete(variable);
  }
}

const MISSING: unique symbol = Symbol("missing");

/** Undoes one `ContextVar.set`. Usable once, in the context it was made in. Python: `contextvars.Token`. */
export class Token<T> {
  /** What `oldValue` is when the variable had no value before. */
  static readonly MISSING: typeof MISSING = MISSING;
  readonly variable: ContextVar<T>;
  readonly oldValue: T | typeof MISSING;
  /** @internal */ _used: boolean = false;
  /** @internal */ readonly _context: Context;

  /** @internal */
  constructor(variable: ContextVar<T>, oldValue: T | typeof MISSING, context: Context) {
    this.variable = variable;
    this.oldValue = oldValue;
    this._context = context;
  }

  /** Resets the variable, so that `using token = variable.set(value)` holds for a block. */
  [Symbol.dispose](): void {
    this.variable.reset(this);
  }
}

/** A variable whose value belongs to the current context. Python: `contextvars.ContextVar`. */
export class ContextVar<T> {
  readonly name: string;
  private readonly fallback: T | typeof MISSING;

  /** `default` is what `get()` gives where the variable has no value. */
  constructor(name: string, options: { readonly default?: T } = {}) {
    if (typeof name !== "string") throw new TypeError("context variable name must be a string");
    this.name = name;
    this.fallback = "default" in options ? (options.default as T) : MISSING;
  }

  /**
   * The value in the current context, else `fallback`, else the variable's default.
   * Throws `RangeError` (Python: LookupError) when there is none of them.
   */
  get(): T;
  get<D>(fallback: D): T | D;
  get(...fallback: unknown[]): unknown {
    const context = currentContext();
    const value = context.get(this);
    if (value !== undefined || context.has(this as ContextVar<unknown>)) return value;
    if (fallback.length > 0) return fallback[0];
    if (this.fallback !== MISSING) return this.fallback;
    throw new RangeError(`<ContextVar name='${this.name}'> has no value in this context and no default`);
  }

  /** Sets the value in the current context; the token undoes it. */
  set(value: T): Token<T> {
    const context = currentContext();
    const old = context.has(this as ContextVar<unknown>) ? (context.get(this) as T) : MISSING;
    context._set(this as ContextVar<unknown>, value);
    return new Token(this, old, context);
  }

  /**
   * Gives the variable the value it had before the `set` that made the token.
   * Throws `RuntimeError` for a used token, `RangeError` for a token of another variable or context.
   */
  reset(token: Token<T>): void {
    if (token._used) throw new RuntimeError("<Token> has already been used once");
    if (token.variable !== this) throw new RangeError("<Token> was created by a different ContextVar");
    const context = currentContext();
    if (token._context !== context) throw new RangeError("<Token> was created in a different Context");
    token._used = true;
    if (token.oldValue === MISSING) context._delete(this as ContextVar<unknown>);
    else context._set(this as ContextVar<unknown>, token.oldValue);
  }
}

const threadContext = new Context();

/** The context that counts here: of the step or callback that runs, of the task whose native code goes on, of the thread. */
export function currentContext(): Context {
  return running.context ?? ambientLookup.context() ?? threadContext;
}

/** A copy of the current context. Python: `contextvars.copy_context()`. */
export function copyContext(): Context {
  return currentContext().copy();
}
