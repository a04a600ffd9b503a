import type { Future } from "./future.ts";
import type { WorkerTask } from "./worker-task.ts";

export interface ShutdownOptions {
  /** Whether the future that is returned is done only when all jobs are done and all workers gone; default true. */
  readonly wait?: boolean;
  /** Cancels the jobs that have not begun; default false: they are done. */
  readonly cancelFutures?: boolean;
}

export interface MapOptions {
  /** Seconds from the call of `map()` after which asking for a value throws `TimeoutError`; default: never. */
  readonly timeout?: import("../loop/delay.ts").Delay | null;
  /** So many calls make one job, which saves messages; default 1. */
  readonly chunksize?: number;
  /** So many values at most are computed before they are asked for; default: all calls are submitted at once. */
  readonly buffersize?: number | null;
}

/** Runs functions elsewhere. concurrent.futures: `Executor`. */
export interface Executor {
  /** Has a worker call the task with these arguments, which are cloned. */
  submit<A extends readonly unknown[], R>(task: WorkerTask<A, R>, ...args: A): Future<R>;
  shutdown(options?: ShutdownOptions): Future<void>;
}
