import { type BrokenExecutor, BrokenThreadPool, type WorkerEnd } from "./executor-errors.ts";
import { nodeThreads } from "./node-threads.ts";
import { PoolExecutor } from "./pool-executor.ts";
import type { PoolOptions } from "./pool-options.ts";
import type { PoolWorker } from "./pool-worker.ts";
import { type ThreadOptions, ThreadWorker } from "./thread-worker.ts";
import type { WorkerSettings } from "./worker-protocol.ts";

export interface ThreadPoolOptions extends PoolOptions, ThreadOptions {
  /** The workers are named so, with a number after it; default `ThreadPoolExecutor-0`, `-1` … */
  readonly threadNamePrefix?: string;
}

let pools = 0;

/**
 * Runs jobs in worker threads, which start as jobs need them. Threads share no variables: a job is a function of a module
 * (`workerModule`) or carries what it uses (`inline`), and its arguments and result are cloned. Workers keep the program
 * alive only while they have jobs. concurrent.futures: `ThreadPoolExecutor`.
 */
export class ThreadPoolExecutor extends PoolExecutor {
  protected override readonly kind: string = "thread";
  private readonly prefix: string;
  private readonly options: ThreadOptions;

  constructor(options: ThreadPoolOptions = {}) {
    super(options);
    nodeThreads("a ThreadPoolExecutor");
    this.prefix = options.threadNamePrefix ?? `ThreadPoolExecutor-${pools++}`;
    this.options = options;
  }

  protected override makeWorker(settings: WorkerSettings): PoolWorker {
    return new ThreadWorker(this, settings, this.options);
  }

  protected override workerName(number: number): string {
    return `${this.prefix}_${number}`;
  }

  protected override brokenError(message: string, end: WorkerEnd): BrokenExecutor {
    return new BrokenThreadPool(message, end);
  }
}
