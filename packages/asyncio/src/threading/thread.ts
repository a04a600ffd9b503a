import type { Future } from "../executors/future.ts";
import { ThreadPoolExecutor } from "../executors/thread-pool-executor.ts";
import { waitAsync } from "../executors/wait.ts";
import { checkTask, type WorkerTask } from "../executors/worker-task.ts";
import { globals } from "../host/globals.ts";
import { type Delay, toSeconds } from "../loop/delay.ts";
import { RuntimeError, TimeoutError } from "../loop/errors.ts";
import { inspectCustom } from "../loop/repr.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import type { BlockingOptions } from "./blocking.ts";

let threads = 0;

/**
 * A thread of its own for one function. Arguments are cloned, but locks, queues and arrays of this module among them are
 * shared. What the function returns is dropped: put it into a queue. What it throws is printed, as in Python.
 * threading: `Thread`.
 *
 * `task` comes from `workerModule` or `inline`. Throws `TypeError` for what is no task.
 */
export class Thread<A extends readonly unknown[] = readonly unknown[]> {
  /** May be set before the start. */
  name: string;
  private readonly task: WorkerTask<A, unknown>;
  private readonly args: A;
  private pool: ThreadPoolExecutor | null = null;
  private job: Future<unknown> | null = null;
  /** Done when the thread is gone. */
  private end: Future<void> | null = null;
  private code: number | null = null;

  constructor(task: WorkerTask<A, unknown>, ...args: A) {
    checkTask(task);
    this.task = task;
    this.args = args;
    this.name = `Thread-${++threads}`;
  }

  /** Starts it. Throws `RuntimeError` the second time. */
  start(): void {
    if (this.pool !== null) throw new RuntimeError("threads can only be started once");
    const pool = new ThreadPoolExecutor({ maxWorkers: 1, threadNamePrefix: this.name, idleTimeout: null });
    this.pool = pool;
    this.job = pool.submit(this.task, ...this.args);
    this.job.addDoneCallback((job) => this.ended(job));
    this.end = pool.shutdown();
  }

  private ended(job: Future<unknown>): void {
    const error = job.cancelled() ? null : job.exception();
    if (error === null) {
      this.code = 0;
      return;
    }
    const { exitCode } = error as { readonly exitCode?: unknown };
    this.code = typeof exitCode === "number" ? exitCode : 1;
    if (!this.isTerminated) globals.console.error(`Exception in thread ${this.name}:\n`, error);
  }

  private isTerminated: boolean = false;

  /** Whether it was started and is not gone. */
  isAlive(): boolean {
    return this.end !== null && !this.end.done();
  }

  /**
   * How it ended: 0, 1 after an error, the code of `process.exit()`; null before. Python's threads have none, its
   * processes do.
   */
  get exitcode(): number | null {
    return this.isAlive() ? null : this.code;
  }

  /**
   * Blocks this thread until the other has ended, or for `timeout`; ask `isAlive()` afterwards. Throws `RuntimeError` for
   * a thread that was not started, and on a thread whose event loop is running: `joinAsync()` is for tasks.
   */
  join(timeout: Delay | null = null, options?: BlockingOptions): void {
    const end = this.started();
    try {
      end.exception(timeout, options);
    } catch (error) {
      if (!(error instanceof TimeoutError)) throw error;
    }
  }

  /** `join()` for tasks. Cancelling it leaves the thread alone. */
  joinAsync(timeout: Delay | null = null): Coroutine<void> {
    return new FunctionCoroutine(joinDefinition, undefined, [this.started(), timeout]);
  }

  private started(): Future<void> {
    if (this.end === null) throw new RuntimeError("cannot join thread before it is started");
    return this.end;
  }

  /** Ends the thread now, whatever it does: what it holds is abandoned. Python has nothing like it for threads. */
  terminate(): void {
    this.isTerminated = true;
    this.pool?.terminateWorkers();
  }

  toString(): string {
    const state = this.end === null ? "initial" : this.isAlive() ? "started" : "stopped";
    return `<Thread(${this.name}, ${state})>`;
  }

  /** @internal */
  [inspectCustom](): string {
    return this.toString();
  }
}

function* joinBody(end: Future<void>, timeout: Delay | null): CoroutineGenerator<void> {
  yield* waitAsync([end], { timeout: timeout === null ? null : toSeconds(timeout) });
}

const joinDefinition = define(joinBody as never, "joinAsync");
