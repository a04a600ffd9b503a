import { repr } from "../loop/repr.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";

/** What a generator coroutine hands to the manager that drives it. */
class Provided {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }

  /** For the report of a driver that gets it: nobody is there who takes it. */
  _repr(): string {
    return `provide(${repr(this.value)}), which belongs into the generator of an asyncContextManager()`;
  }
}

/**
 * Hands `value` over to the body of the manager that this generator coroutine stands for (see `asyncContextManager`),
 * and waits until the body has ended; throws the error with which it ended. Gives the value again, so that
 * `return yield* provide(value)` tells the compiler its type. Python: the `yield` of an `@asynccontextmanager`.
 */
export function* provide<V>(value: V): CoroutineGenerator<V> {
  yield new Provided(value) as never;
  return value;
}

/** What has been handed over, if a generator's yield was that. */
export function provided(value: unknown): { readonly value: unknown } | null {
  return value instanceof Provided ? value : null;
}
