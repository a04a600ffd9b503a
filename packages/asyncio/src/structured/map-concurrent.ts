import { RuntimeError } from "../loop/errors.ts";
import { repr } from "../loop/repr.ts";
import { ParkingLot, Waiter } from "../sync/parking-lot.ts";
import { driverHere } from "../tasks/ambient.ts";
import type { Body } from "../tasks/body.ts";
import { CLOSED, type Coroutine, CREATED, type Definition, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import { getRunningLoop } from "../tasks/default-loop.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import { CANCELLED, FINISHED, type Future } from "../tasks/future.ts";
import { isAwaitable } from "../tasks/kinds.ts";
import type { Scope } from "../tasks/scope.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { callAny } from "./call-body.ts";
import { Crew, type CrewOwner, parkIn, reportBesides } from "./crew.ts";
import { ExceptionGroup } from "./exception-group.ts";

/** What `for await` takes: an async generator, a stream, a `Queue`, a channel's receiving end. */
export interface AsyncSource<T> {
  [Symbol.asyncIterator](): { next(): PromiseLike<IteratorResult<T, unknown>> };
}

export interface MapConcurrentOptions {
  /** How many items may be worked on at the same time: an integer ≥ 1, or `Infinity`. */
  readonly limit: number;
  /** Results in the order of the items (default), or in the order in which they come. */
  readonly ordered?: boolean;
  /** Iteration only: items may be started this many ahead of the results that wait to be taken; default: `limit`. */
  readonly buffer?: number;
  /** Default true. False: after an error go on with the other items, and throw all errors as a group at the end. */
  readonly stopOnError?: boolean;
}

/** What `mapConcurrent` gives: await it for all results, or iterate over it. Either of them, once. */
export type MappedResults<R> = Coroutine<R[]> & AsyncIterable<R, undefined>;

/**
 * Calls `fn(item, index)` for every item, at most `limit` at the same time, each in a task of its own. Nothing runs
 * before it is awaited (`await`, `yield*`, `createTask`: gives all results), or iterated over (`for await`, `each`: gives
 * results as they come). Items are taken from their iterable (or async iterable) one at a time, when there is room.
 *
 * The first error, of `fn` or of the items, cancels what is running, waits for its clean-up, closes the items, and is
 * thrown as it is; errors besides it go to the loop's exception handler. Cancelling does the same, and so does leaving
 * the iteration. Throws `RangeError` for a bad limit or buffer, `TypeError` for what is not iterable.
 * asyncio has no counterpart; anyio: `amap`.
 */
export function mapConcurrent<T, R>(
  items: Iterable<T> | AsyncSource<T>,
  fn: (item: T, index: number) => Body<R>,
  options: MapConcurrentOptions,
): MappedResults<R> {
  return new Mapped<R>(new Mapping<T, R>(items, fn, options));
}

class Mapped<R> extends FunctionCoroutine<R[]> implements AsyncIterable<R, undefined> {
  private readonly mapping: Mapping<unknown, R>;

  constructor(mapping: Mapping<never, R> | Mapping<unknown, R>) {
    super(collectDefinition, mapping, []);
    this.mapping = mapping as Mapping<unknown, R>;
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<R, undefined> {
    this._checkUnstarted();
    if (this._phase !== CREATED) throw new RuntimeError("coroutine is being awaited already");
    this._phase = CLOSED;
    return new MappedIterator(this.mapping) as unknown as AsyncIterableIterator<R, undefined>;
  }
}

class MappedIterator<R> {
  private readonly mapping: Mapping<unknown, R>;

  constructor(mapping: Mapping<unknown, R>) {
    this.mapping = mapping;
  }

  next(): Coroutine<IteratorResult<R, undefined>> {
    return new FunctionCoroutine(nextDefinition, this.mapping, []);
  }

  return(): Coroutine<IteratorResult<R, undefined>> {
    return new FunctionCoroutine(closeDefinition, this.mapping, []);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

interface AnyIterator {
  next(): unknown;
  return?(): unknown;
}

/** The key of the task that takes the items, in the crew; the others have the index of their item. */
const PUMP = -1;
/** In the place of the result of an item that has failed. */
const NOTHING = Symbol("nothing");
const OVER: IteratorResult<never, undefined> = Object.freeze({ done: true, value: undefined });

/**
 * Two counters are its whole state: `taken` ≤ `started`. Between them lie the items that run and the results that wait
 * (under their index; unordered, under the number of their arrival). One task, the pump, takes items while there is
 * room; it is a task so that it can be cancelled in the middle of `next()`, and so that all tasks have its context.
 */
class Mapping<T, R> implements CrewOwner {
  private readonly items: Iterable<T> | AsyncSource<T>;
  private readonly definition: Definition;
  private readonly limit: number;
  private readonly buffer: number;
  private readonly ordered: boolean;
  private readonly stopOnError: boolean;
  private loop: EventLoop | null = null;
  private crew: Crew | null = null;
  /** How many items may be started and not yet taken. */
  private ahead: number = Infinity;
  private running: number = 0;
  private started: number = 0;
  private arrived: number = 0;
  private taken: number = 0;
  private readonly waiting: Map<number, R | typeof NOTHING> = new Map();
  /** All results, when nobody takes them one by one. */
  private all: R[] | null = null;
  private readonly errors: unknown[] = [];
  private stopping: boolean = false;
  private closed: boolean = false;
  /** Where the pump waits for room, and where takers wait for results. */
  private readonly room: ParkingLot = new ParkingLot();
  private readonly news: ParkingLot = new ParkingLot();

  constructor(
    items: Iterable<T> | AsyncSource<T>,
    fn: (item: T, index: number) => Body<R>,
    options: MapConcurrentOptions,
  ) {
    if (!isManyItems(items)) {
      throw new TypeError(`mapConcurrent() takes an iterable or an async iterable of items, got ${repr(items)}`);
    }
    if (typeof fn !== "function") throw new TypeError("mapConcurrent(items, fn, options) takes a function");
    const { limit, buffer = limit, ordered = true, stopOnError = true } = options ?? {};
    if (!isCount(limit) || limit < 1) {
      throw new RangeError(`limit must be an integer >= 1 or Infinity, got ${repr(limit)}`);
    }
    if (!isCount(buffer)) throw new RangeError(`buffer must be an integer >= 0 or Infinity, got ${repr(buffer)}`);
    this.items = items;
    this.definition = define(fn as never, fn.name === "" ? "mapConcurrent" : fn.name);
    this.limit = limit;
    this.buffer = buffer;
    this.ordered = ordered;
    this.stopOnError = stopOnError;
  }

  // ---- all results at once

  *collect(): CoroutineGenerator<R[]> {
    this.all = [];
    const crew = this.begin(driverHere()?._scope ?? null);
    let cancellation: unknown = null;
    try {
      yield* crew.ended();
    } catch (error) {
      cancellation = error;
      this.stop();
    }
    const later = yield* crew.join();
    this.finish(cancellation ?? later);
    return this.all;
  }

  // ---- one by one

  *next(): CoroutineGenerator<IteratorResult<R, undefined>> {
    if (this.closed) return OVER;
    if (this.crew === null) {
      this.ahead = this.limit + this.buffer;
      this.begin(null); // The next item may be awaited elsewhere.
    }
    const crew = this.crew!;
    for (;;) {
      const value = this.take();
      if (value !== NOTHING) return { done: false, value };
      if (this.stopping || crew.size === 0) break;
      try {
        yield* parkIn(this.news, new Waiter(this.loop!));
      } catch (error) {
        // `for await` does not close an iterator that throws: it has to be over by then.
        yield* this.leave();
        throw error;
      }
    }
    if (this.closed) return OVER; // By `return()`, while this was waiting.
    this.closed = true;
    this.finish(yield* crew.join());
    return OVER;
  }

  *close(): CoroutineGenerator<IteratorResult<R, undefined>> {
    const cancellation = yield* this.leave();
    if (cancellation !== null) throw cancellation;
    return OVER;
  }

  /** Nobody wants the rest. What goes wrong in its clean-up is reported: `break` and `throw` would drop an error. */
  private *leave(): CoroutineGenerator<unknown> {
    this.closed = true;
    if (this.crew === null) return null;
    this.stop();
    const cancellation = yield* this.crew.join();
    reportBesides(this.loop!, "mapConcurrent()", this.errors.splice(0));
    return cancellation;
  }

  private take(): R | typeof NOTHING {
    const { waiting } = this;
    let value: R | typeof NOTHING = NOTHING;
    while (value === NOTHING && waiting.has(this.taken)) {
      value = waiting.get(this.taken)!;
      waiting.delete(this.taken++);
    }
    if (this.hasRoom()) this.room.unpark();
    return value;
  }

  // ---- the work

  private begin(scope: Scope | null): Crew {
    this.loop = getRunningLoop();
    this.crew = new Crew(this.loop, this, scope);
    this.crew.start(new FunctionCoroutine<void>(pumpDefinition, this, []), PUMP);
    return this.crew;
  }

  *pump(): CoroutineGenerator<void> {
    const open = (this.items as AsyncSource<T>)[Symbol.asyncIterator];
    const iterator: AnyIterator =
      open === undefined ? (this.items as Iterable<T>)[Symbol.iterator]() : open.call(this.items);
    /** An iterator that has ended or thrown is not closed. */
    let closes = true;
    try {
      for (;;) {
        while (!this.hasRoom()) yield* parkIn(this.room, new Waiter(this.loop!));
        closes = false;
        const step = open === undefined ? iterator.next() : yield* callAny(iterator.next, iterator);
        if ((step as IteratorResult<T>).done === true) return;
        closes = true;
        if (this.stopping) return; // Cancelled in a wait that could not be interrupted.
        this.work((step as IteratorResult<T>).value);
      }
    } finally {
      if (closes && iterator.return !== undefined) {
        if (open === undefined) iterator.return();
        else yield* callAny(iterator.return, iterator);
      }
    }
  }

  private hasRoom(): boolean {
    return this.running < this.limit && this.started - this.taken < this.ahead;
  }

  private work(item: T): void {
    const index = this.started++;
    this.running++;
    this.crew!.start(new FunctionCoroutine<R>(this.definition, undefined, [item, index]), index);
  }

  _memberDone(member: Future<unknown>, key: number): void {
    if (key !== PUMP) this.running--;
    if (member._state === FINISHED) {
      if (key !== PUMP && !this.stopping) this.arrive(key, member._value as R);
    } else {
      const error = member._takeError();
      // A member that was cancelled, though not by us, has no result: that is an error like any other.
      if (member._state !== CANCELLED || !this.stopping) this.errors.push(error);
      if (this.stopOnError) this.stop();
      else if (key !== PUMP) this.arrive(key, NOTHING);
    }
    if (this.hasRoom()) this.room.unpark();
    if (this.all === null) this.news.unparkMany(Infinity, undefined);
  }

  private arrive(index: number, value: R | typeof NOTHING): void {
    const key = this.ordered ? index : this.arrived++;
    if (this.all === null) this.waiting.set(key, value);
    else if (value !== NOTHING) this.all[key] = value;
  }

  private stop(): void {
    if (this.stopping) return;
    this.stopping = true;
    this.crew!.cancel();
    this.news.unparkMany(Infinity, undefined);
  }

  /** Everything is over: throws what there is to throw. */
  private finish(cancellation: unknown): void {
    const { errors } = this;
    if (cancellation === null && errors.length === 0) return;
    if (cancellation === null && !this.stopOnError) {
      throw new ExceptionGroup("unhandled errors in mapConcurrent()", errors);
    }
    const thrown = cancellation ?? errors.shift();
    reportBesides(this.loop!, "mapConcurrent()", errors);
    throw thrown;
  }
}

/** An awaitable is iterable too, but surely no list of items. */
function isManyItems(items: unknown): boolean {
  if (items === null || items === undefined) return false;
  if (Symbol.asyncIterator in Object(items)) return true;
  return Symbol.iterator in Object(items) && !isAwaitable(items);
}

function isCount(value: unknown): value is number {
  return value === Infinity || (Number.isInteger(value) && (value as number) >= 0);
}

const collectDefinition = define(Mapping.prototype.collect as never, "mapConcurrent");
const nextDefinition = define(Mapping.prototype.next as never, "mapConcurrent");
const closeDefinition = define(Mapping.prototype.close as never, "mapConcurrent");
const pumpDefinition = define(Mapping.prototype.pump as never, "mapConcurrent");
