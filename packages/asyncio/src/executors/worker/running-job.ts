import { CancelledError } from "../../loop/errors.ts";

/** Where `currentJob()` looks: the bundle of the worker and the package that a job imports are two copies. */
export const workerState: unique symbol = Symbol.for("asyncio-ts.worker");

export interface WorkerState {
  /** The job that runs; null between jobs, and in code that a job has left behind. */
  job: RunningJob | null;
}

/** The job that a worker runs, as its function sees it (`currentJob()`, or `this`). */
export class RunningJob {
  readonly name: string;
  /** The name of the worker. */
  readonly worker: string;
  /** @internal */ readonly _number: number;
  private readonly isInterrupted: (number: number) => boolean;
  private interrupted: boolean = false;
  private controller: AbortController | null = null;

  constructor(name: string, worker: string, number: number, isInterrupted: (number: number) => boolean) {
    this.name = name;
    this.worker = worker;
    this._number = number;
    this.isInterrupted = isInterrupted;
  }

  /**
   * Whether the job has been asked to stop. A loop that never leaves to the event loop can ask this, too (in threads:
   * other processes share no memory).
   */
  cancelled(): boolean {
    if (!this.interrupted && this.isInterrupted(this._number)) this._interrupt();
    return this.interrupted;
  }

  /** Throws `CancelledError` when the job has been asked to stop. */
  throwIfCancelled(): void {
    if (this.cancelled()) throw new CancelledError();
  }

  /** Aborted, with a `CancelledError` as its reason, when the job is asked to stop. */
  get signal(): AbortSignal {
    if (this.controller === null) {
      this.controller = new AbortController();
      if (this.cancelled()) this.controller.abort(new CancelledError());
    }
    return this.controller.signal;
  }

  /** @internal */
  _interrupt(): void {
    this.interrupted = true;
    if (this.controller !== null && !this.controller.signal.aborted) this.controller.abort(new CancelledError());
  }
}
