import { makeCancelledError } from "../loop/errors.ts";
import type { Runnable } from "../loop/runnable.ts";
import { running } from "../loop/running.ts";
import type { Body } from "../tasks/body.ts";
import { CLAIMED, type Coroutine } from "../tasks/coroutine.ts";
import { getEventLoop } from "../tasks/default-loop.ts";
import { ensureFuture } from "../tasks/ensure-future.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import { CANCELLED, Future } from "../tasks/future.ts";
import { isAwaitable, isCoroutine, isFuture, isGenerator } from "../tasks/kinds.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import type { Task } from "../tasks/task.ts";

/** What awaiting a value gives. */
export type ResultOf<A> = A extends () => infer R
  ? ResultOf<R>
  : A extends PromiseLike<infer T>
    ? T
    : // biome-ignore lint/suspicious/noExplicitAny: only the return type matters
      A extends Generator<any, infer T, any>
      ? T
      : never;
export type Results<A extends readonly unknown[]> = { -readonly [K in keyof A]: ResultOf<A[K]> };
export type Settled<A extends readonly unknown[]> = { -readonly [K in keyof A]: ResultOf<A[K]> | Error };
/** Whatever can be gathered. */
export type Many = readonly // biome-ignore lint/suspicious/noExplicitAny: the members' results are inferred one by one
(Coroutine<any> | CoroutineGenerator<any> | (() => Body<any>) | PromiseLike<any>)[];

/**
 * Runs awaitables concurrently and gives their results in the order of the arguments. Coroutines become tasks.
 *
 * The first failure fails the gathering at once; the others run on (a task group stops them). With `returnExceptions`
 * errors take their place among the results. Cancelling it cancels all children. asyncio: `gather()`.
 */
export function gather<const A extends Many>(
  awaitables: A,
  options: { readonly returnExceptions: true },
): Future<Settled<A>>;
export function gather<const A extends Many>(
  awaitables: A,
  options?: { readonly returnExceptions?: false },
): Future<Results<A>>;
export function gather<const A extends Many>(
  awaitables: A,
  options: { readonly returnExceptions?: boolean },
): Future<Settled<A>>;
export function gather<A extends Many>(...awaitables: A): Future<Results<A>>;
export function gather(...args: unknown[]): Future<unknown[]> {
  const listed = Array.isArray(args[0]);
  const awaitables = (listed ? args[0] : args) as unknown[];
  const { returnExceptions = false } = ((listed ? args[1] : undefined) ?? {}) as {
    readonly returnExceptions?: boolean;
  };
  if (awaitables.length === 0) {
    const empty = new Future<unknown[]>(getEventLoop());
    empty.setResult([]);
    return empty;
  }
  return gatherAll(awaitables, returnExceptions);
}

function gatherAll(awaitables: readonly unknown[], returnExceptions: boolean): Future<unknown[]> {
  const loop = loopOf(awaitables);
  const options = { loop };
  const children = new Array<Future<unknown>>(awaitables.length);
  const outer = new Gathering(loop, children, returnExceptions);
  let anyDone = false;
  let others: Map<unknown, Future<unknown>> | null = null;
  try {
    for (let i = 0; i < awaitables.length; i++) {
      const awaitable = awaitables[i];
      // The same coroutine, or awaitable object, twice shares one child.
      let future: Future<unknown> | undefined;
      if (isCoroutine(awaitable)) {
        if (awaitable._phase === CLAIMED) future = children.find((child) => madeOf(child, awaitable));
      } else if (isGenerator(awaitable) || (!isFuture(awaitable) && isAwaitable(awaitable))) {
        others ??= new Map();
        future = others.get(awaitable);
      }
      if (future === undefined) {
        future = ensureFuture(awaitable as Future<unknown>, options);
        others?.set(awaitable, future);
      }
      children[i] = future;
      if (future.done()) anyDone = true;
      else future._addCallback(new ChildDone(outer, future));
    }
  } catch (error) {
    outer._abandon();
    throw error;
  }
  // Children that finished eagerly finish the gathering without a trip through the loop.
  if (anyDone) for (const future of children) if (future.done()) outer._childDone(future);
  return outer;
}

function madeOf(child: Future<unknown> | undefined, coroutine: unknown): boolean {
  return (child as Partial<Task<unknown>> | undefined)?.getCoro?.() === coroutine;
}

function loopOf(awaitables: readonly unknown[]): EventLoop {
  for (const awaitable of awaitables) if (isFuture(awaitable)) return awaitable._loop;
  return getEventLoop();
}

class ChildDone implements Runnable {
  private readonly outer: Gathering;
  private readonly child: Future<unknown>;

  constructor(outer: Gathering, child: Future<unknown>) {
    this.outer = outer;
    this.child = child;
  }

  _run(): void {
    running.task = null;
    this.outer._childDone(this.child);
  }
}

class Gathering extends Future<unknown[]> {
  private readonly children: readonly Future<unknown>[];
  private readonly returnExceptions: boolean;
  private unfinished: number;
  private cancelRequested: boolean;

  constructor(loop: EventLoop, children: readonly Future<unknown>[], returnExceptions: boolean) {
    super(loop);
    this.children = children;
    this.returnExceptions = returnExceptions;
    this.unfinished = children.length;
    this.cancelRequested = false;
  }

  _childDone(child: Future<unknown>): void {
    this.unfinished--;
    if (this.done()) {
      if (!child.cancelled()) child.exception(); // A sibling has failed first: this error counts as seen.
      return;
    }
    if (!this.returnExceptions) {
      const error = child._state === 1 ? null : child._takeError();
      if (error !== null) return this._setFailed(error);
    }
    if (this.unfinished > 0) return;
    const results = this.children.map(settled);
    if (this.cancelRequested) this._setFailed(this.cancelledError());
    else this.setResult(results);
  }

  /** As in CPython, whose loop over the results leaves the last argument's child at hand. */
  private cancelledError(): unknown {
    const last = this.children.at(-1)!;
    if (last.cancelled()) return last._makeCancelledError();
    return makeCancelledError(last._cancelMessage, this._loop._keepsPlaces);
  }

  /** An argument was bad: nobody will ever see the gathering, and the children's errors count as seen. */
  _abandon(): void {
    this._state = CANCELLED;
  }

  override cancel(message?: unknown): boolean {
    if (this.done()) return false;
    let any = false;
    for (const child of this.children) if (child.cancel(message)) any = true;
    if (any) this.cancelRequested = true;
    return any;
  }

  override _dependsOn(): readonly Future<unknown>[] {
    return this.children.filter((child) => !child.done());
  }

  override _follows(): readonly Future<unknown>[] {
    return this.children;
  }

  override get _private(): boolean {
    return true;
  }

  override get _kind(): string {
    return "_GatheringFuture";
  }
}

function settled(child: Future<unknown>): unknown {
  if (child.cancelled()) return makeCancelledError(child._cancelMessage, child._loop._keepsPlaces);
  const error = child._state === 1 ? null : child.exception();
  return error ?? child._value;
}
