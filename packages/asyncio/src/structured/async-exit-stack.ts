import { coroutineFunctionBrand } from "../loop/function-kind.ts";
import { repr } from "../loop/repr.ts";
import type { Body } from "../tasks/body.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { callAny } from "./call-body.ts";
import { type AsyncContextManager, checkManager, enter, leave, type Manager, type Thrown } from "./context-manager.ts";
import { keepEarlier } from "./error-context.ts";

/** A function that is told of the error with which the stack is left; `true` swallows it. */
export type ExitFunction = (error?: unknown) => Body<boolean | void>;

/** Learns of no errors and swallows none. */
class Callback {
  readonly fn: (...args: unknown[]) => unknown;
  readonly args: readonly unknown[];

  constructor(fn: (...args: never[]) => unknown, args: readonly unknown[]) {
    this.fn = fn as (...args: unknown[]) => unknown;
    this.args = args;
  }
}
type Entry = Manager<unknown> | Callback;

/**
 * Collects managers and callbacks, as many as turn out to be needed, and leaves them in the reverse order: as if the
 * `asyncWith`s had been nested. An error of one goes to those further out, which may swallow it; an error that replaces
 * another keeps it in its chain of causes.
 *
 * It is a manager itself, so `asyncWith(new AsyncExitStack(), async (stack) => …)` is the way to use it that sees errors;
 * `aclose()` and `await using` leave it as if all had ended well. Once left it is empty and may be used again.
 * Python: `contextlib.AsyncExitStack`.
 */
export class AsyncExitStack implements AsyncContextManager<AsyncExitStack> {
  static {
    for (const method of [this.prototype.aenter, this.prototype.aexit]) {
      Object.defineProperty(method, coroutineFunctionBrand, { value: true });
    }
  }
  private entries: Entry[] = [];
  /** What it throws names what it replaces; an error that was swallowed on the way is no part of that. @internal */
  readonly _keepsErrors: true = true;

  /**
   * Enters a manager (also a disposable object), gives its value, and will leave it with the stack. When entering fails
   * or is cancelled, nothing is added. Throws `TypeError` for what is no manager. Python: `enter_async_context`.
   */
  enterContext<V>(manager: AsyncContextManager<V>): Coroutine<V>;
  enterContext<R extends AsyncDisposable | Disposable>(resource: R): Coroutine<R>;
  enterContext(manager: Manager<unknown>): Coroutine<unknown> {
    checkManager(manager);
    return new FunctionCoroutine(enterDefinition, this, [manager]);
  }

  /**
   * Will leave a manager that has been entered already, or call a function that takes the error as `aexit` does. Returns
   * its argument. Python: `push_async_exit`.
   */
  push<M extends Manager<unknown> | ExitFunction>(exit: M): M {
    if (typeof exit === "function") {
      this.entries.push({ aenter: unused, aexit: exit });
    } else {
      if (typeof (exit as Partial<AsyncContextManager<unknown>>)?.aexit !== "function") checkManager(exit);
      this.entries.push(exit);
    }
    return exit;
  }

  /** Will call and await `fn(...args)`. Returns `fn`. Python: `push_async_callback`. */
  pushAsyncCallback<A extends unknown[], F extends (...args: A) => Body<unknown>>(fn: F, ...args: A): F {
    return this.add(fn, args);
  }

  /** Will call `fn(...args)`. Returns `fn`. Python: `callback`. */
  callback<A extends unknown[], F extends (...args: A) => unknown>(fn: F, ...args: A): F {
    return this.add(fn, args);
  }

  private add<F extends (...args: never[]) => unknown>(fn: F, args: readonly unknown[]): F {
    if (typeof fn !== "function") throw new TypeError(`a callback was expected, got ${repr(fn)}`);
    this.entries.push(new Callback(fn, args));
    return fn;
  }

  /** Moves everything to a new stack, which is returned: nothing is left with this one. Python: `pop_all`. */
  popAll(): AsyncExitStack {
    const stack = new AsyncExitStack();
    stack.entries = this.entries;
    this.entries = [];
    return stack;
  }

  /** Leaves everything now, without an error. Throws what the managers and callbacks throw. Python: `aclose`. */
  aclose(): Coroutine<void> {
    return new FunctionCoroutine<void>(closeDefinition, this, []);
  }

  aenter(): Coroutine<AsyncExitStack> {
    return new FunctionCoroutine<AsyncExitStack>(selfDefinition, this, []);
  }

  /** Leaves everything; true when the error given has been swallowed on the way. */
  aexit(error?: unknown): Coroutine<boolean | void> {
    return new FunctionCoroutine<boolean>(exitDefinition, this, [error]);
  }

  [Symbol.asyncDispose](): Coroutine<void> {
    return this.aclose();
  }

  /** @internal */
  *_self(): CoroutineGenerator<AsyncExitStack> {
    return this;
  }

  /** @internal */
  *_enter(manager: Manager<unknown>): CoroutineGenerator<unknown> {
    const value = yield* enter(manager);
    this.entries.push(manager);
    return value;
  }

  /** @internal */
  *_close(): CoroutineGenerator<void> {
    yield* this._exit(undefined);
  }

  /** @internal */
  *_exit(given: unknown): CoroutineGenerator<boolean> {
    let thrown: Thrown = given === undefined ? null : { error: given };
    let swallowed = false;
    let replaced = false;
    // What is left may add to the stack; that is left as well.
    for (let entry = this.entries.pop(); entry !== undefined; entry = this.entries.pop()) {
      try {
        if (entry instanceof Callback) {
          yield* call(entry, thrown);
        } else if (yield* leave(entry, thrown)) {
          thrown = null;
          swallowed = true;
          replaced = false;
        }
      } catch (error) {
        thrown = { error };
        replaced = true;
      }
    }
    if (replaced) throw thrown!.error;
    return given !== undefined && swallowed;
  }
}

function* call({ fn, args }: Callback, thrown: Thrown): CoroutineGenerator<void> {
  try {
    yield* callAny(fn, undefined, ...args);
  } catch (error) {
    if (thrown !== null) keepEarlier(error, thrown.error);
    throw error;
  }
}

function* unused(): CoroutineGenerator<void> {}

const selfDefinition = define(AsyncExitStack.prototype._self as never, "aenter");
const enterDefinition = define(AsyncExitStack.prototype._enter as never, "enterContext");
const closeDefinition = define(AsyncExitStack.prototype._close as never, "aclose");
const exitDefinition = define(AsyncExitStack.prototype._exit as never, "aexit");
