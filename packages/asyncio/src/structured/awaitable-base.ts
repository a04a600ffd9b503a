import { ThenableBase } from "../tasks/awaitable.ts";
import { define, FunctionCoroutine } from "../tasks/coroutine.ts";
import type { CoroutineGenerator, CoroutineIterator } from "../tasks/suspension.ts";

/**
 * The base of awaitables of one's own: `awaitSteps` is what awaiting does. It runs inside the awaiting task, anew each
 * time the object is awaited, with `await` as well as with `yield*`; being cancelled, it is cancelled with its task.
 * Python: a class with `__await__`.
 */
export abstract class AwaitableBase<T> extends ThenableBase<T> {
  /** The steps of one wait, a generator coroutine: `*awaitSteps() { return yield* this.future; }`. */
  protected abstract awaitSteps(): CoroutineGenerator<T>;

  override [Symbol.iterator](): CoroutineIterator<T> {
    return this.wait()[Symbol.iterator]();
  }

  /** @internal */
  override _awaitNatively(resolve: (value: T) => void, reject: (error: unknown) => void): void {
    this.wait()._awaitNatively(resolve, reject);
  }

  private wait(): FunctionCoroutine<T> {
    return new FunctionCoroutine<T>(define(this.awaitSteps as never, this.constructor.name), this, []);
  }
}
