import { decodeError } from "../border/decode-error.ts";
import type { Future } from "../executors/future.ts";
import type { ChunkOutcome } from "../executors/worker-protocol.ts";
import { OutsideFuture } from "../interop/outside-future.ts";
import { type Delay, toSeconds } from "../loop/delay.ts";
import { TimeoutError } from "../loop/errors.ts";
import { Fifo } from "../sync/fifo.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import { getRunningLoop } from "../tasks/default-loop.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";

type Result = { readonly value: unknown } | { readonly error: unknown };

export interface PoolIteratorSettings {
  readonly submit: (calls: unknown[][]) => Future<unknown>;
  readonly items: Iterable<unknown>;
  readonly chunksize: number;
  /** So many chunks are under way, or wait to be taken. */
  readonly ahead: number;
  readonly ordered: boolean;
}

/**
 * Results of a pool one by one, for `for await` and `each`. The error of a call is thrown in its place, and further calls
 * of `next` go on behind it. multiprocessing: what `Pool.imap()` gives.
 */
export class PoolIterator<R> {
  private readonly settings: PoolIteratorSettings;
  private readonly items: Iterator<unknown>;
  private exhausted: boolean = false;
  private readonly running: Map<number, Future<unknown>> = new Map();
  private started: number = 0;
  private takenChunks: number = 0;
  /** Chunks that are done, by number; unordered, by their arrival. */
  private readonly arrived: Map<number, readonly Result[]> = new Map();
  private arrivals: number = 0;
  /** What is left of the chunk that is being taken. */
  private readonly results: Fifo<Result> = new Fifo();
  private readonly waiting: Set<OutsideFuture<void>> = new Set();

  /** @internal */
  constructor(settings: PoolIteratorSettings) {
    this.settings = settings;
    this.items = settings.items[Symbol.iterator]();
    this.refill();
  }

  /** The next result. Throws `TimeoutError` when there is none within `timeout`. Cancelled, it has taken nothing. */
  next(timeout: Delay | null = null): Coroutine<IteratorResult<R, undefined>> {
    // `for await` calls it without arguments, generators' delegates with undefined.
    return new FunctionCoroutine(nextDefinition, this, [timeout === null ? null : toSeconds(timeout)]);
  }

  /** Cancels the calls that have not begun, and drops the results of the others. */
  return(): Coroutine<IteratorResult<R, undefined>> {
    return new FunctionCoroutine(returnDefinition, this, []);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** @internal */
  *_next(timeout: number | null): CoroutineGenerator<IteratorResult<R, undefined>> {
    const loop = getRunningLoop();
    let late = false;
    let timer: { cancel(): void } | null = null;
    try {
      for (;;) {
        this.refill();
        const result = this.take();
        if (result !== null) {
          if ("error" in result) throw result.error;
          return { done: false, value: result.value as R };
        }
        if (this.exhausted && this.running.size === 0) return { done: true, value: undefined };
        if (late) throw new TimeoutError("", { delay: timeout! });
        const future = new OutsideFuture<void>(loop);
        this.waiting.add(future);
        if (timeout !== null) {
          timer ??= loop.callLater(timeout, () => {
            late = true;
            this.wake();
          });
        }
        try {
          yield* future;
        } finally {
          this.waiting.delete(future);
        }
      }
    } finally {
      timer?.cancel();
    }
  }

  private take(): Result | null {
    const { arrived, results } = this;
    while (results.length === 0) {
      const chunk = arrived.get(this.takenChunks);
      if (chunk === undefined) return null;
      arrived.delete(this.takenChunks++);
      for (const each of chunk) results.push(each);
      this.refill();
    }
    return results.take();
  }

  private refill(): void {
    const { chunksize, ahead, submit } = this.settings;
    while (!this.exhausted && this.started - this.takenChunks < ahead) {
      const calls: unknown[][] = [];
      while (calls.length < chunksize && !this.exhausted) {
        const { done, value } = this.items.next();
        if (done === true) this.exhausted = true;
        else calls.push([value]);
      }
      if (calls.length > 0) this.start(submit(calls));
    }
  }

  private start(future: Future<unknown>): void {
    const number = this.started++;
    this.running.set(number, future);
    future.addDoneCallback(() => {
      if (!this.running.delete(number)) return;
      this.arrived.set(this.settings.ordered ? number : this.arrivals++, resultsOf(future));
      this.wake();
    });
  }

  private wake(): void {
    for (const each of this.waiting) if (!each.done()) each.setResult();
  }

  /** @internal */
  *_return(): CoroutineGenerator<IteratorResult<R, undefined>> {
    if (!this.exhausted) this.items.return?.();
    this.exhausted = true;
    const futures = [...this.running.values()];
    this.running.clear();
    this.arrived.clear();
    this.results.clear();
    for (const each of futures) each.cancel();
    this.wake();
    return { done: true, value: undefined };
  }
}

function resultsOf(future: Future<unknown>): Result[] {
  try {
    const { values, thrown } = future.result() as ChunkOutcome;
    const results: Result[] = values.map((value) => ({ value }));
    if (thrown !== undefined) results.push({ error: decodeError(thrown) });
    return results;
  } catch (error) {
    return [{ error }];
  }
}

const nextDefinition = define(PoolIterator.prototype._next as never, "next");
const returnDefinition = define(PoolIterator.prototype._return as never, "return");
