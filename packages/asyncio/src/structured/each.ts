import { isCancelled } from "../loop/errors.ts";
import { repr } from "../loop/repr.ts";
import { driverHere } from "../tasks/ambient.ts";
import type { Body } from "../tasks/body.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import { isAwaitable, isThenable } from "../tasks/kinds.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { callAny, callBody, settled } from "./call-body.ts";
import type { Thrown } from "./context-manager.ts";
import { keepEarlier } from "./error-context.ts";
import type { AsyncSource } from "./map-concurrent.ts";

/** What a body of `each` returns to end the iteration. */
export interface EachStop {
  readonly eachStop: true;
}

export type EachVerdict = EachStop | void | undefined;

export interface Each {
  /**
   * Runs `body` for each item of an iterable, one after the other: `for await` for generator coroutines, where it cannot
   * be written. Takes what `for await` takes; promises and other awaitables among the items of an iterable that is not
   * asynchronous are awaited. The methods of an asynchronous iterator may be coroutine or generator functions, too.
   *
   * `return each.stop` in the body ends the iteration, as `break` would. Then, and when the body fails or is cancelled,
   * the iterator's `return()` is called and awaited; also when the wait for the next item was cancelled. An error of
   * `return()` comes out, with the earlier one in its chain of causes. Python: `async for`.
   */
  <T>(iterable: AsyncSource<T>, body: (item: T) => Body<EachVerdict>): Coroutine<void>;
  <T>(iterable: Iterable<T>, body: (item: Awaited<T>) => Body<EachVerdict>): Coroutine<void>;
  /** Ends the iteration when the body returns it. */
  readonly stop: EachStop;
}

const STOP: EachStop = Object.freeze({ eachStop: true });

function start(iterable: unknown, body: unknown): Coroutine<void> {
  if (typeof body !== "function") throw new TypeError(`each(iterable, body) takes a function, got ${repr(body)}`);
  if (!isIterable(iterable)) {
    throw new TypeError(`each(iterable, body) takes an iterable or asynchronous iterable, got ${repr(iterable)}`);
  }
  return new FunctionCoroutine(eachDefinition, undefined, [iterable, body]);
}

export const each: Each = Object.defineProperties(start, {
  name: { value: "each" },
  stop: { value: STOP },
}) as unknown as Each;

/** An awaitable of ours has an iterator as well, but awaiting is not iterating. */
function isIterable(value: unknown): value is AsyncIterable<unknown> | Iterable<unknown> {
  if (typeof value === "string") return true;
  if (typeof value !== "object" || value === null) return typeof value === "function" && Symbol.asyncIterator in value;
  return Symbol.asyncIterator in value || (Symbol.iterator in value && !isAwaitable(value));
}

type ItemBody = (item: unknown) => Body<unknown>;

function* eachBody(iterable: AsyncIterable<unknown> | Iterable<unknown>, body: ItemBody): CoroutineGenerator<void> {
  if (typeof iterable === "object" && Symbol.asyncIterator in iterable) {
    return yield* eachOf(iterable[Symbol.asyncIterator](), body);
  }
  for (const item of iterable as Iterable<unknown>) {
    const value = isThenable(item) ? yield* settled(driverHere()!, item) : item;
    if ((yield* callBody(body, undefined, value)) === STOP) return;
  }
}

function* eachOf(iterator: AsyncIterator<unknown>, body: ItemBody): CoroutineGenerator<void> {
  const { next } = iterator;
  while (true) {
    let step: unknown;
    try {
      step = yield* callAny(next as () => unknown, iterator);
    } catch (error) {
      // An iterator that fails has ended; one whose wait was cancelled may not know that nobody comes back.
      if (isCancelled(error)) yield* end(iterator, { error });
      throw error;
    }
    if (typeof step !== "object" || step === null)
      throw new TypeError(`Iterator result ${repr(step)} is not an object`);
    if ((step as IteratorResult<unknown>).done === true) return;
    let verdict: unknown;
    try {
      verdict = yield* callBody(body, undefined, (step as IteratorResult<unknown>).value);
    } catch (error) {
      yield* end(iterator, { error });
      throw error;
    }
    if (verdict === STOP) return yield* end(iterator, null);
  }
}

function* end(iterator: AsyncIterator<unknown>, thrown: Thrown): CoroutineGenerator<void> {
  if (typeof iterator.return !== "function") return;
  try {
    yield* callAny(iterator.return as () => unknown, iterator);
  } catch (error) {
    if (thrown !== null) keepEarlier(error, thrown.error);
    throw error;
  }
}

const eachDefinition = define(eachBody as never, "each");
