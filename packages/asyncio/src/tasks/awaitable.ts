import { takePlace } from "../loop/first-places.ts";
import type { CoroutineIterator } from "./suspension.ts";
import { awaitedAt, places } from "./wanted-places.ts";

/** What both `await` and `yield*` take, with the same type for the result. */
export interface Awaitable<T> extends PromiseLike<T> {
  [Symbol.iterator](): CoroutineIterator<T>;
}

type Fulfilled<T, A> = ((value: T) => A | PromiseLike<A>) | null | undefined;
type Rejected<B> = ((error: unknown) => B | PromiseLike<B>) | null | undefined;

/** What futures, tasks and coroutines share: `then` in terms of one native await, `catch`, `finally`. */
export abstract class ThenableBase<T> implements Awaitable<T> {
  abstract [Symbol.iterator](): CoroutineIterator<T>;

  /** Settles `resolve` or `reject` for native code; never calls them synchronously from a state change. @internal */
  abstract _awaitNatively(resolve: (value: T) => void, reject: (error: unknown) => void, awaited: boolean): void;

  /** As a promise's `then`: the callbacks run in microtasks. Counts as retrieving the result. */
  then<A = T, B = never>(fulfilled?: Fulfilled<T, A>, rejected?: Rejected<B>): Promise<A | B> {
    if (isAwaitJob(fulfilled, rejected)) {
      this._awaitNatively(fulfilled as (value: T) => void, rejected as (error: unknown) => void, true);
      return undefined as never; // The engine's await ignores what `then` returns.
    }
    return new Promise<T>((resolve, reject) => this._awaitNatively(resolve as never, reject, false)).then(
      fulfilled,
      rejected,
    );
  }

  /** As a promise's `catch`. */
  catch<B = never>(rejected?: Rejected<B>): Promise<T | B> {
    return this.then(undefined, rejected);
  }

  /** As a promise's `finally`. */
  finally(callback?: (() => void) | null): Promise<T> {
    return this.then().finally(callback);
  }
}

/*
 * The engine reads `then` at the very `await`, while the frames that wait are still on the stack; it calls it later, from
 * a microtask without any. Where places are wanted, the reading is what tells where a native task waits.
 */
const thenMethod = ThenableBase.prototype.then;
Object.defineProperty(ThenableBase.prototype, "then", {
  configurable: true,
  get(this: object): typeof thenMethod {
    if (places.wanted > 0) awaitedAt.set(this, takePlace());
    return thenMethod;
  },
});

const sourceOf = Function.prototype.toString;
/** The text of the functions that the engine passes to `then`. */
let engineFunction = "";
new Promise<void>((resolve) => {
  engineFunction = sourceOf.call(resolve);
});

/**
 * Whether `then` is called by the engine for `await` (or to follow a thenable) and not by user code. A wait of the
 * former kind belongs to the current task and is what a cancellation interrupts; `task.then(log)` is a mere listener.
 * The engine passes a pair of anonymous native functions; the check costs 1–60 ns, a derived promise as much.
 */
function isAwaitJob(fulfilled: unknown, rejected: unknown): boolean {
  return (
    typeof rejected === "function" &&
    typeof fulfilled === "function" &&
    sourceOf.call(fulfilled) === engineFunction &&
    fulfilled.name === ""
  );
}
