import { Fifo } from "../sync/fifo.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import { getRunningLoop } from "../tasks/default-loop.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { abortError } from "./abort-error.ts";
import { checkSource, type Emitter, Listeners, type Target } from "./emitter.ts";
import type { EventOptions } from "./from-event.ts";
import { OutsideFuture } from "./outside-future.ts";

export interface EventsOptions extends EventOptions {
  /** Names of events that end the iteration, such as "close" or "end"; default none. */
  readonly close?: readonly string[];
}

/** What `events` returns: for `for await` and `each`. */
export interface Events<A> {
  [Symbol.asyncIterator](): EventIterator<A>;
}

export interface EventIterator<A> {
  next(): Promise<IteratorResult<A, undefined>>;
  return(): Promise<IteratorResult<A, undefined>>;
  [Symbol.asyncIterator](): EventIterator<A>;
}

/**
 * The events `name`, one after the other, each as an array of what it was emitted with. An iteration listens from its
 * start; what comes while the body is busy is kept, in order and without a limit. It ends by an event of `close`; it
 * fails by an `error` event of an EventEmitter and by the abort of `signal`, after all events that came before.
 *
 * Leaving the iteration removes the listeners: by `break` or an error, or because the waiting task was cancelled. After
 * that the iterator has ended. Throws `TypeError` for what emits no events. Node: `events.on()`.
 */
export function events<A extends unknown[] = unknown[]>(
  emitter: Emitter,
  name: string | symbol,
  options?: EventsOptions,
): Events<A>;
export function events<E = Event>(target: Target, name: string, options?: EventsOptions): Events<[E]>;
export function events(
  source: Emitter | Target,
  name: string | symbol,
  options: EventsOptions = {},
): Events<unknown[]> {
  checkSource("events", source);
  return { [Symbol.asyncIterator]: () => new Iteration(source, name, options) };
}

class Iteration implements EventIterator<unknown[]> {
  private readonly listeners: Listeners;
  private readonly signal: AbortSignal | undefined;
  private readonly events: Fifo<unknown[]> = new Fifo();
  private failure: { readonly error: unknown } | null = null;
  private ended: boolean = false;
  private readonly waiters: Set<OutsideFuture<void>> = new Set();

  constructor(source: Emitter | Target, name: string | symbol, { close = [], signal }: EventsOptions) {
    this.listeners = new Listeners(source);
    this.signal = signal;
    this.listeners.add(name, (...args) => {
      this.events.push(args);
      this.wakeOne();
    });
    this.listeners.addForErrors(name, (error) => this.fail(error));
    for (const each of close) this.listeners.add(each, () => this.end());
    if (signal?.aborted === true) this.onAbort();
    else signal?.addEventListener("abort", this.onAbort);
  }

  /** A coroutine: its wait belongs to the awaiting task, and a cancellation ends it. */
  next(): Promise<IteratorResult<unknown[], undefined>> {
    return awaited(new FunctionCoroutine(nextDefinition, this, []));
  }

  return(): Promise<IteratorResult<unknown[], undefined>> {
    return awaited(new FunctionCoroutine(returnDefinition, this, []));
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** @internal */
  *_next(): CoroutineGenerator<IteratorResult<unknown[], undefined>> {
    while (this.events.length === 0) {
      if (this.failure !== null) {
        const { error } = this.failure;
        this.failure = null;
        throw error;
      }
      if (this.ended) return { done: true, value: undefined };
      const waiter = new OutsideFuture<void>({ loop: getRunningLoop() });
      this.waiters.add(waiter);
      try {
        yield* waiter;
      } catch (error) {
        this.drop();
        throw error;
      } finally {
        this.waiters.delete(waiter);
      }
    }
    const value = this.events.take();
    if (this.events.length > 0) this.wakeOne();
    return { done: false, value };
  }

  /** @internal */
  *_return(): CoroutineGenerator<IteratorResult<unknown[], undefined>> {
    this.drop();
    return { done: true, value: undefined };
  }

  private readonly onAbort = (): void => this.fail(abortError(this.signal!));

  private fail(error: unknown): void {
    if (this.ended) return;
    this.failure = { error };
    this.end();
  }

  /** Nothing comes any more; what is there can still be taken. */
  private end(): void {
    if (this.ended) return;
    this.ended = true;
    this.listeners.removeAll();
    this.signal?.removeEventListener("abort", this.onAbort);
    for (const waiter of this.waiters) if (!waiter.done()) waiter.setResult();
  }

  /** Nobody comes back for what is there. */
  private drop(): void {
    this.end();
    this.events.clear();
    const { failure } = this;
    this.failure = null;
    if (failure === null || this.signal?.aborted === true) return;
    getRunningLoop().callExceptionHandler({
      message: "events(): the iteration was left before it came to an error",
      exception: failure.error,
    });
  }

  private wakeOne(): void {
    for (const waiter of this.waiters) {
      if (waiter.done()) continue;
      waiter.setResult();
      return;
    }
  }
}

/** What `for await` and `each` do with it, they do with a promise as well. */
function awaited<T>(coroutine: Coroutine<T>): Promise<T> {
  return coroutine as unknown as Promise<T>;
}

const nextDefinition = define(Iteration.prototype._next as never, "next");
const returnDefinition = define(Iteration.prototype._return as never, "return");
