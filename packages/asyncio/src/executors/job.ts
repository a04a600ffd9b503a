import { Future, type FutureJob } from "./future.ts";
import type { TransferList } from "./node-threads.ts";
import type { PoolWorker } from "./pool-worker.ts";
import { isTransfer } from "./transfer.ts";
import { describeTask, type WorkerTask } from "./worker-task.ts";

/** What a job needs of its pool. */
export interface JobPool {
  /** @internal */ readonly _canBlock: boolean;
  /** @internal */ _forget(job: Job): void;
  /** @internal */ _interrupt(job: Job): void;
  /** @internal */ _settled(job: Job, outcome: "finished" | "failed" | "cancelled"): void;
}

/** A call that a pool has accepted, from `submit()` to its end. */
export class Job implements FutureJob {
  readonly pool: JobPool;
  /** Counts the pool's jobs, for reports. */
  readonly number: number;
  readonly task: WorkerTask;
  readonly args: readonly unknown[];
  readonly transferList: TransferList | null;
  /** The arguments are those of many calls. */
  readonly isChunk: boolean;
  readonly future: Future<unknown>;
  /** Where it is; null while it is in the pool's queue. */
  worker: PoolWorker | null = null;
  /** Its number with that worker. */
  slot: number = 0;
  interrupted: boolean = false;

  constructor(pool: JobPool, number: number, task: WorkerTask, args: readonly unknown[], isChunk: boolean) {
    this.pool = pool;
    this.number = number;
    this.task = task;
    this.isChunk = isChunk;
    const moved = args.some(isTransfer);
    this.args = moved ? args.map((arg) => (isTransfer(arg) ? arg.value : arg)) : args;
    this.transferList = moved ? args.flatMap((arg) => (isTransfer(arg) ? arg.list : [])) : null;
    this.future = new Future();
    this.future._job = this;
  }

  get description(): string {
    return `job ${this.number}, ${describeTask(this.task)}`;
  }

  get _canBlock(): boolean {
    return this.pool._canBlock;
  }

  _hasBegun(): boolean {
    return this.worker?.hasBegun(this) ?? false;
  }

  _withdraw(): boolean {
    if (this.worker !== null && !this.worker.withdraw(this)) return false;
    this.worker = null;
    this.pool._forget(this);
    return true;
  }

  _interrupt(): void {
    this.pool._interrupt(this);
  }

  succeed(value: unknown): void {
    this.worker = null;
    this.pool._settled(this, "finished");
    this.future.setResult(value);
  }

  fail(error: unknown): void {
    this.worker = null;
    this.pool._settled(this, "failed");
    this.future.setException(error);
  }

  /** It was asked to stop, and has. */
  stopped(): void {
    this.worker = null;
    this.pool._settled(this, "cancelled");
    this.future._setCancelled();
  }
}
