import { decodeError } from "../border/decode-error.ts";
import type { ThrownRecord } from "../border/error-record.ts";
import { toSeconds } from "../loop/delay.ts";
import { TimeoutError } from "../loop/errors.ts";
import { repr } from "../loop/repr.ts";
import type { MapOptions } from "./executor.ts";
import type { Future } from "./future.ts";
import type { ChunkOutcome } from "./worker-protocol.ts";

/** An iterable for each argument of the task, then perhaps the options. */
export type MapArguments<A extends readonly unknown[]> =
  | [...{ [K in keyof A]: Iterable<A[K]> }]
  | [...{ [K in keyof A]: Iterable<A[K]> }, MapOptions];

/** The results of `map()`, once: by `for` (which blocks the thread) or by `for await`. */
export interface MapResults<R> extends IterableIterator<R, undefined> {
  /** Waits for each value without blocking. */
  [Symbol.asyncIterator](): AsyncIterableIterator<R, undefined>;
}

type Submit = (args: readonly unknown[], isChunk: boolean) => Future<unknown>;

export function mapCalls<R>(submit: Submit, args: readonly unknown[]): MapResults<R> {
  const last = args.at(-1);
  const hasOptions = typeof last === "object" && last !== null && !(Symbol.iterator in last);
  const options = (hasOptions ? last : {}) as MapOptions;
  const iterables = hasOptions ? args.slice(0, -1) : args;
  for (const each of iterables) {
    if (each === null || each === undefined || !(Symbol.iterator in Object(each))) {
      throw new TypeError(`map() takes an iterable for each argument of the task, not ${repr(each)}`);
    }
  }
  return new Mapping<R>(submit, iterables as Iterable<unknown>[], options);
}

class Mapping<R> implements MapResults<R> {
  private readonly submit: Submit;
  private readonly inputs: Iterator<unknown>[];
  private readonly deadline: number | null;
  private readonly chunksize: number;
  private readonly buffersize: number;
  /** What was submitted and not asked for yet; `first` is the next. */
  private futures: Future<unknown>[] = [];
  private first: number = 0;
  /** The values of a chunk that has been asked for, in reverse. */
  private values: unknown[] = [];
  private thrown: ThrownRecord | null = null;
  private isExhausted: boolean = false;
  private isOver: boolean = false;

  constructor(submit: Submit, iterables: readonly Iterable<unknown>[], options: MapOptions) {
    const { timeout = null, chunksize = 1, buffersize = null } = options;
    if (!(chunksize >= 1)) throw new RangeError("chunksize must be >= 1.");
    if (buffersize !== null && !Number.isInteger(buffersize))
      throw new TypeError("buffersize must be an integer or null");
    if (buffersize !== null && buffersize < 1) throw new RangeError("buffersize must be null or > 0");
    this.deadline = timeout === null ? null : performance.now() + toSeconds(timeout) * 1000;
    this.submit = submit;
    this.chunksize = Math.floor(chunksize);
    this.buffersize = buffersize ?? Number.POSITIVE_INFINITY;
    this.inputs = iterables.map((each) => each[Symbol.iterator]());
    this.isExhausted = iterables.length === 0;
    try {
      this.refill();
    } catch (error) {
      this.stop();
      throw error;
    }
  }

  private refill(): void {
    while (!this.isExhausted && this.futures.length - this.first < this.buffersize) {
      const calls: unknown[][] = [];
      while (calls.length < this.chunksize) {
        const call = this.nextCall();
        if (call === null) break;
        calls.push(call);
      }
      if (calls.length === 0) return;
      this.futures.push(this.chunksize === 1 ? this.submit(calls[0]!, false) : this.submit(calls, true));
    }
  }

  private nextCall(): unknown[] | null {
    const call: unknown[] = [];
    for (const input of this.inputs) {
      const { done, value } = input.next();
      if (done === true) {
        this.isExhausted = true;
        for (const other of this.inputs) if (other !== input) other.return?.();
        return null;
      }
      call.push(value);
    }
    return call;
  }

  // ---- for (const value of …)

  next(): IteratorResult<R, undefined> {
    return this.step((future) => future.result(this.left()));
  }

  private step(resultOf: (future: Future<unknown>) => unknown): IteratorResult<R, undefined> {
    const ready = this.fromChunk();
    if (ready !== null) return ready;
    const future = this.take();
    if (future === null) return { done: true, value: undefined };
    try {
      return this.give(resultOf(future));
    } catch (error) {
      future.cancel();
      this.stop();
      throw error;
    }
  }

  /** A value of the chunk that is at hand; null when it is used up. */
  private fromChunk(): IteratorResult<R, undefined> | null {
    if (this.isOver) return { done: true, value: undefined };
    if (this.values.length > 0) return { done: false, value: this.values.pop() as R };
    if (this.thrown === null) return null;
    this.stop();
    throw decodeError(this.thrown);
  }

  private take(): Future<unknown> | null {
    if (this.first === this.futures.length) {
      this.stop();
      return null;
    }
    const future = this.futures[this.first]!;
    this.futures[this.first++] = undefined as never;
    if (this.first > 1024 && this.first * 2 > this.futures.length) {
      this.futures = this.futures.slice(this.first);
      this.first = 0;
    }
    return future;
  }

  private give(result: unknown): IteratorResult<R, undefined> {
    this.refill();
    if (this.chunksize === 1) return { done: false, value: result as R };
    const { values, thrown } = result as ChunkOutcome;
    this.values = [...values].reverse();
    this.thrown = thrown ?? null;
    return this.fromChunk()!;
  }

  /** Seconds that are left of the timeout. */
  private left(): number | null {
    return this.deadline === null ? null : Math.max(0, (this.deadline - performance.now()) / 1000);
  }

  return(): IteratorResult<R, undefined> {
    this.stop();
    return { done: true, value: undefined };
  }

  [Symbol.iterator](): this {
    return this;
  }

  private stop(): void {
    if (this.isOver) return;
    this.isOver = true;
    for (const input of this.isExhausted ? [] : this.inputs) input.return?.();
    const rest = this.futures.slice(this.first);
    this.futures = [];
    this.first = 0;
    for (const future of rest) future.cancel();
  }

  // ---- for await (const value of …)

  [Symbol.asyncIterator](): AsyncIterableIterator<R, undefined> {
    const iterator: AsyncIterableIterator<R, undefined> = {
      next: () => this.nextAsync(),
      return: async () => this.return(),
      [Symbol.asyncIterator]: () => iterator,
    };
    return iterator;
  }

  private async nextAsync(): Promise<IteratorResult<R, undefined>> {
    const ready = this.fromChunk();
    if (ready !== null) return ready;
    const future = this.take();
    if (future === null) return { done: true, value: undefined };
    try {
      const result = await within(future, this.left());
      return this.give(result);
    } catch (error) {
      future.cancel();
      this.stop();
      throw error;
    }
  }
}

async function within(future: Future<unknown>, seconds: number | null): Promise<unknown> {
  if (seconds === null || future.done()) return await future;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimeoutError("", { delay: seconds })), seconds * 1000);
  });
  try {
    return await Promise.race([future.then(), late]);
  } finally {
    clearTimeout(timer);
  }
}
