import { RuntimeError } from "../loop/errors.ts";

/** What is known of the end of a worker. */
export interface WorkerEnd {
  /** What the worker exited with; null when a signal ended it, or when it is unknown. */
  readonly exitCode?: number | null;
  /** The signal that ended a process; null otherwise. */
  readonly signal?: string | null;
  /** The job that failed with this error: its name and number; null when `submit()` throws it. */
  readonly job?: string | null;
  /** Whether that job was the one that ran when the worker ended. */
  readonly running?: boolean;
  readonly cause?: unknown;
}

/** An executor cannot go on: a worker has died, or its initializer failed. concurrent.futures: `BrokenExecutor`. */
export class BrokenExecutor extends RuntimeError {
  static {
    this.prototype.name = "BrokenExecutor";
  }
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly job: string | null;
  readonly running: boolean;
  constructor(message = "", end: WorkerEnd = {}) {
    super(message, end.cause === undefined ? undefined : { cause: end.cause });
    this.exitCode = end.exitCode ?? null;
    this.signal = end.signal ?? null;
    this.job = end.job ?? null;
    this.running = end.running ?? false;
  }
}

/** concurrent.futures.thread: `BrokenThreadPool`. */
export class BrokenThreadPool extends BrokenExecutor {
  static {
    this.prototype.name = "BrokenThreadPool";
  }
}

/** concurrent.futures.process: `BrokenProcessPool`. */
export class BrokenProcessPool extends BrokenExecutor {
  static {
    this.prototype.name = "BrokenProcessPool";
  }
}
