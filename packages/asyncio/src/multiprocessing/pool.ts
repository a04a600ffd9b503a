import { decodeError } from "../border/decode-error.ts";
import type { Future } from "../executors/future.ts";
import { ProcessPoolExecutor } from "../executors/process-pool-executor.ts";
import type { ChunkOutcome } from "../executors/worker-protocol.ts";
import { checkTask, type WorkerTask } from "../executors/worker-task.ts";
import { builtin } from "../host/globals.ts";
import { RuntimeError } from "../loop/errors.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { type AsyncOptions, AsyncResult, notRunning } from "./async-result.ts";
import { PoolIterator } from "./pool-iterator.ts";

export interface PoolConstructorOptions {
  /** How many processes there are at most; default: as many as the machine has processors. */
  readonly processes?: number;
  /** A task that each process runs before its first call. */
  readonly initializer?: WorkerTask<never, unknown>;
  readonly initargs?: readonly unknown[];
  /** A process is replaced after so many calls; default: never. */
  readonly maxTasksPerChild?: number | null;
}

export interface ChunkOptions {
  /** So many calls make one message; default for `map` a quarter of a process's share, for `imap` 1. */
  readonly chunksize?: number;
}

/** A task of one argument. */
type Mapper<T, R> = WorkerTask<readonly [T], R>;

/**
 * Processes that call functions. multiprocessing: `Pool`.
 *
 * All that waits is awaited: JavaScript cannot wait for a process in any other way. A process that dies (`process.exit`,
 * a signal, out of memory) fails the calls it had begun with `BrokenProcessPool`, and is replaced; Python's pool hangs
 * there. As `await using pool`, it is terminated at the end of the block, as in Python.
 */
export class Pool {
  private readonly executor: ProcessPoolExecutor;
  private readonly processes: number;
  private state: "running" | "closed" | "terminated" = "running";
  private end: Future<void> | null = null;

  constructor(options: PoolConstructorOptions = {}) {
    const { processes = processors(), initializer, initargs, maxTasksPerChild = null } = options;
    if (!(Number.isInteger(processes) && processes >= 1)) {
      throw new RangeError("Number of processes must be at least 1");
    }
    this.processes = processes;
    this.executor = new ProcessPoolExecutor({
      maxWorkers: processes,
      onWorkerDeath: "replace",
      maxTasksPerWorker: maxTasksPerChild,
      ...(initializer === undefined ? {} : { initializer }),
      ...(initargs === undefined ? {} : { initargs }),
    });
  }

  /** Calls the task with these arguments, and waits for its result. Cancelled, it withdraws the call. */
  apply<A extends readonly unknown[], R>(task: WorkerTask<A, R>, ...args: A): Coroutine<R> {
    checkTask(task);
    return new FunctionCoroutine(ownedDefinition, undefined, [() => this.applyAsync(task, args)]);
  }

  /** As `apply`, but the call is made at once, and nobody waits. Throws `RuntimeError` when the pool is closed. */
  applyAsync<A extends readonly unknown[], R>(
    task: WorkerTask<A, R>,
    args: A,
    options: AsyncOptions<R> = {},
  ): AsyncResult<R> {
    this.check(task);
    return new AsyncResult(
      [this.executor._submit(task as unknown as WorkerTask, args, false)],
      ([value]) => value as R,
      options,
    );
  }

  /**
   * Calls the task for each item, in chunks, and gives the results in the order of the items. When calls fail, it throws
   * the error of the first, once all are over. Cancelled, it withdraws the calls that have not begun.
   */
  map<T, R>(task: Mapper<T, R>, items: Iterable<T>, options: ChunkOptions = {}): Coroutine<R[]> {
    checkTask(task);
    return new FunctionCoroutine(ownedDefinition, undefined, [() => this.mapAsync(task, items, options)]);
  }

  /** As `map`, at once. */
  mapAsync<T, R>(
    task: Mapper<T, R>,
    items: Iterable<T>,
    options: ChunkOptions & AsyncOptions<R[]> = {},
  ): AsyncResult<R[]> {
    this.check(task);
    return this.callAll(
      task,
      Array.from(items, (item) => [item]),
      options,
    );
  }

  /** As `map`, for tasks of several arguments: each item is a list of them. */
  starmap<A extends readonly unknown[], R>(
    task: WorkerTask<A, R>,
    items: Iterable<A>,
    options: ChunkOptions = {},
  ): Coroutine<R[]> {
    checkTask(task);
    return new FunctionCoroutine(ownedDefinition, undefined, [() => this.starmapAsync(task, items, options)]);
  }

  /** As `starmap`, at once. */
  starmapAsync<A extends readonly unknown[], R>(
    task: WorkerTask<A, R>,
    items: Iterable<A>,
    options: ChunkOptions & AsyncOptions<R[]> = {},
  ): AsyncResult<R[]> {
    this.check(task);
    return this.callAll(
      task,
      Array.from(items, (args) => [...args]),
      options,
    );
  }

  private callAll<R>(
    task: WorkerTask<never, R>,
    calls: unknown[][],
    options: ChunkOptions & AsyncOptions<R[]>,
  ): AsyncResult<R[]> {
    const size = chunkSize(options.chunksize ?? Math.max(1, Math.ceil(calls.length / (this.processes * 4))));
    const futures: Future<unknown>[] = [];
    for (let at = 0; at < calls.length; at += size) {
      futures.push(this.executor._submit(task as unknown as WorkerTask, calls.slice(at, at + size), true));
    }
    return new AsyncResult(futures, (chunks) => (chunks as ChunkOutcome[]).flatMap(valuesOf) as R[], options);
  }

  /**
   * Calls the task for each item and gives the results one by one, in the order of the items: `for await (const result of
   * pool.imap(task, items))`. Items are taken as results are; in Python all of them at once.
   */
  imap<T, R>(task: Mapper<T, R>, items: Iterable<T>, options: ChunkOptions = {}): PoolIterator<R> {
    return this.iterate(task, items, options, true);
  }

  /** As `imap`, in the order in which results come. */
  imapUnordered<T, R>(task: Mapper<T, R>, items: Iterable<T>, options: ChunkOptions = {}): PoolIterator<R> {
    return this.iterate(task, items, options, false);
  }

  private iterate<T, R>(
    task: Mapper<T, R>,
    items: Iterable<T>,
    options: ChunkOptions,
    ordered: boolean,
  ): PoolIterator<R> {
    this.check(task);
    return new PoolIterator<R>({
      submit: (calls) => this.executor._submit(task as unknown as WorkerTask, calls, true),
      items,
      chunksize: chunkSize(options.chunksize ?? 1),
      ahead: this.processes * 4,
      ordered,
    });
  }

  private check(task: unknown): void {
    checkTask(task);
    if (this.state !== "running") throw notRunning();
  }

  /** Takes no more calls; those that were made are finished, and then the processes end. */
  close(): void {
    if (this.state !== "running") return;
    this.state = "closed";
    this.end = this.executor.shutdown();
  }

  /** Ends the processes at once; what they have not finished fails with `BrokenProcessPool`. */
  terminate(): void {
    if (this.state === "terminated") return;
    this.state = "terminated";
    this.executor.terminateWorkers();
    this.end = this.executor.shutdown();
  }

  /** Waits for the end of all processes. Throws `RangeError` before `close` or `terminate`. */
  join(): Coroutine<void> {
    return new FunctionCoroutine(joinDefinition, this, []);
  }

  /** @internal */
  *_join(): CoroutineGenerator<void> {
    if (this.end === null) throw new RangeError("Pool is still running");
    yield* this.end;
  }

  [Symbol.asyncDispose](): Coroutine<void> {
    this.terminate();
    return this.join();
  }

  toString(): string {
    return `<Pool state=${this.state} pool_size=${this.processes}>`;
  }
}

function* owned<T>(start: () => AsyncResult<T>): CoroutineGenerator<T> {
  return yield* start()._get(null, true);
}

const ownedDefinition = define(owned as never, "map");
const joinDefinition = define(Pool.prototype._join as never, "join");

function valuesOf({ values, thrown }: ChunkOutcome): readonly unknown[] {
  if (thrown !== undefined) throw decodeError(thrown);
  return values;
}

function chunkSize(size: number): number {
  if (!(size >= 1)) throw new RangeError(`Chunksize must be 1+, not ${size}`);
  return Math.floor(size);
}

function processors(): number {
  const os = builtin<{ availableParallelism?(): number; cpus(): unknown[] }>("os");
  if (os === undefined) throw new RuntimeError("this runtime has no processes");
  return Math.max(1, os.availableParallelism?.() ?? os.cpus().length);
}
