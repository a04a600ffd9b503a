declare const suspension: unique symbol;

/** What a coroutine hands to its driver. Opaque, so that `yield sleep(1)` (forgotten star) and `yield 5` do not compile. */
export interface Suspension {
  readonly [suspension]: true;
}
/** A generator coroutine at work. A bare `yield` is one turn of the loop. */
export type CoroutineGenerator<T> = Generator<Suspension | undefined, T, unknown>;
/** `Iterator`, not an interface of our own: with own `next`/`throw`/`return` members `yield*` infers `any`. */
export type CoroutineIterator<T> = Iterator<Suspension, T, unknown>;

/**
 * How an awaitable hands its suspension to the driver: it sets `offered` and returns a result object that is reused.
 * The driver takes the offer at once. An offer that is still there when the next one is made was never taken: somebody
 * iterates over an awaitable (`for (const x of task)`, `[...task]`) instead of awaiting it.
 */
export const handover: {
  offered: unknown;
  /** A coroutine is driven by hand (`send`, `throw`), without a loop. */
  byHand: boolean;
  /** A coroutine is being closed; `return` passes through the chain. */
  closing: boolean;
} = { offered: null, byHand: false, closing: false };

const offer: { done: false; value: unknown } = { done: false, value: null };

/** The step that suspends for `awaitable`. */
export function offerSuspension<T>(awaitable: object): IteratorResult<Suspension, T> {
  if (handover.offered !== null) throw iterated();
  handover.offered = awaitable;
  offer.value = awaitable;
  return offer as never;
}

/** The last offer, which has been taken long ago, is not to hold what was offered. */
export function forgetOffer(): void {
  offer.value = null;
}

export function iterated(): TypeError {
  handover.offered = null;
  return new TypeError(
    "an awaitable is awaited with `await` or `yield*`, not iterated: " +
      "write `yield* gather(...)` instead of Promise.all(coroutine), a spread or for...of",
  );
}

/** What `return()` of an awaitable's iterator does: only `close()` may end it early. */
export function endIteration<T>(value: T | undefined): IteratorReturnResult<T> {
  handover.offered = null;
  if (!handover.closing) throw iterated();
  return { done: true, value: value as T };
}
