import { nodeModule } from "../net/node.ts";
import { type BrokenExecutor, BrokenProcessPool, type WorkerEnd } from "./executor-errors.ts";
import { PoolExecutor } from "./pool-executor.ts";
import type { PoolOptions } from "./pool-options.ts";
import type { PoolWorker } from "./pool-worker.ts";
import { type ProcessOptions, ProcessWorker } from "./process-worker.ts";
import type { WorkerSettings } from "./worker-protocol.ts";

export interface ProcessPoolOptions extends PoolOptions, ProcessOptions {}

let pools = 0;

/**
 * Runs jobs in child processes, as `ThreadPoolExecutor` does in threads: what a job breaks, its process alone suffers
 * from. Nothing is shared, all is copied. `result()` cannot block for a process: await its futures. A loop that polls
 * `cancelled()` hears nothing there; a signal does, and `cancelRunning: "terminate"` works with every job.
 * concurrent.futures: `ProcessPoolExecutor`.
 */
export class ProcessPoolExecutor extends PoolExecutor {
  protected override readonly kind: string = "process";
  private readonly prefix: string = `ProcessPoolExecutor-${pools++}`;
  private readonly options: ProcessOptions;

  constructor(options: ProcessPoolOptions = {}) {
    super(options);
    nodeModule("child_process", "a ProcessPoolExecutor");
    this.options = options;
  }

  /** What a process says arrives with the event loop only. @internal */
  override get _canBlock(): boolean {
    return false;
  }

  protected override makeWorker(settings: WorkerSettings): PoolWorker {
    return new ProcessWorker(this, settings, this.options);
  }

  protected override workerName(number: number): string {
    return `${this.prefix}_${number}`;
  }

  protected override brokenError(message: string, end: WorkerEnd): BrokenExecutor {
    return new BrokenProcessPool(message, end);
  }
}
