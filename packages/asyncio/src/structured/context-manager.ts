import type { Body } from "../tasks/body.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { callAny, callBody } from "./call-body.ts";
import { keepEarlier } from "./error-context.ts";

/**
 * What `asyncWith` and `AsyncExitStack` take: the protocol of Python's `async with`, PEP 492. The methods may be async
 * functions, generator functions or coroutine functions.
 *
 * `S` is what `aexit` gives. Declared as `boolean` it may swallow errors, and the result of `asyncWith` may be missing;
 * `void` and `boolean | void` say that it does not, or hardly ever, as in Python's type stubs.
 */
export interface AsyncContextManager<V, S extends boolean | void = boolean | void> {
  /** Enters; gives the value that the body gets. Python: `__aenter__`. */
  aenter(): Body<V>;
  /**
   * Leaves. Gets the error (also a CancelledError) with which the body ended, `undefined` when it ended well; `true`
   * swallows the error. Python: `__aexit__`.
   */
  aexit(error?: unknown): Body<S>;
}

/** Everything that can be entered and left; of a disposable object the value is the object itself. */
export type Manager<V> = AsyncContextManager<V> | AsyncDisposable | Disposable;

/** With which error a body ended; null when it ended well. */
export type Thrown = { readonly error: unknown } | null;

interface Methods {
  readonly aenter?: unknown;
  readonly aexit?: unknown;
  readonly [Symbol.asyncDispose]?: unknown;
  readonly [Symbol.dispose]?: unknown;
}

/** Throws `TypeError` for what is no manager, before anything is entered that could not be left. */
export function checkManager(manager: unknown): void {
  const { aenter, aexit, ...rest } = methodsOf(manager);
  if (typeof aenter === "function" && typeof aexit === "function") return;
  if (aenter === undefined && aexit === undefined && rest.dispose !== undefined) return;
  const missed = aenter === undefined ? "aenter" : aexit === undefined ? "aexit" : null;
  throw new TypeError(
    `'${nameOf(manager)}' object does not support the asynchronous context manager protocol` +
      (missed === null || (aenter === undefined && aexit === undefined) ? "" : ` (missed ${missed}() method)`),
  );
}

function methodsOf(manager: unknown): { aenter: unknown; aexit: unknown; dispose: (() => unknown) | undefined } {
  const methods = (manager ?? {}) as Methods;
  const dispose = methods[Symbol.asyncDispose] ?? methods[Symbol.dispose];
  return {
    aenter: methods.aenter,
    aexit: methods.aexit,
    dispose: typeof dispose === "function" ? (dispose as () => unknown) : undefined,
  };
}

function nameOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return typeof value === "object" ? (value.constructor?.name ?? "Object") : typeof value;
}

/** Enters a manager and gives its value. */
export function* enter<V>(manager: Manager<V>): CoroutineGenerator<V> {
  if (!("aenter" in manager)) return manager as V;
  return yield* callBody(manager.aenter, manager);
}

/** Leaves a manager; true when it has swallowed the error. An error of its own keeps the one it has been given. */
export function* leave(manager: Manager<unknown>, thrown: Thrown): CoroutineGenerator<boolean> {
  try {
    if (!("aexit" in manager)) {
      yield* callAny(methodsOf(manager).dispose!, manager);
      return false;
    }
    const swallowed = yield* callBody(manager.aexit, manager, thrown?.error);
    return thrown !== null && swallowed === true;
  } catch (error) {
    if (thrown !== null && !("_keepsErrors" in manager)) keepEarlier(error, thrown.error);
    throw error;
  }
}
