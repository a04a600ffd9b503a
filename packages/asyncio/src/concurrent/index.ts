/// <reference lib="esnext.disposable" preserve="true" />
export { registerError } from "../border/error-classes.ts";
export { RemoteTraceback } from "../border/remote-traceback.ts";
export { UncloneableError } from "../border/uncloneable-error.ts";
export { type AsCompleted, type AsCompletedOptions, asCompleted } from "../executors/as-completed.ts";
export type { BlockingOptions } from "../executors/blocking.ts";
export { cancelled, currentJob, type RunningJob } from "../executors/current-job.ts";
export type { Executor, MapOptions, ShutdownOptions } from "../executors/executor.ts";
export { BrokenExecutor, BrokenProcessPool, BrokenThreadPool, type WorkerEnd } from "../executors/executor-errors.ts";
export {
  CANCELLED,
  CANCELLED_AND_NOTIFIED,
  FINISHED,
  Future,
  type FutureState,
  PENDING,
  RUNNING,
} from "../executors/future.ts";
export { inline } from "../executors/inline.ts";
export type { MapArguments, MapResults } from "../executors/map.ts";
export type { PoolStatistics } from "../executors/pool-executor.ts";
export type { PoolOptions } from "../executors/pool-options.ts";
export { ProcessPoolExecutor, type ProcessPoolOptions } from "../executors/process-pool-executor.ts";
export type { ProcessOptions } from "../executors/process-worker.ts";
export { ThreadPoolExecutor, type ThreadPoolOptions } from "../executors/thread-pool-executor.ts";
export type { ThreadOptions } from "../executors/thread-worker.ts";
export { transfer } from "../executors/transfer.ts";
export { type DoneAndNotDone, wait, waitAsync } from "../executors/wait.ts";
export { type WorkerModule, WorkerTask, workerModule } from "../executors/worker-task.ts";
export { isConcurrentFuture, wrapFuture } from "../executors/wrap-future.ts";
export { CancelledError, InvalidStateError, TimeoutError } from "../loop/errors.ts";
export {
  ALL_COMPLETED,
  FIRST_COMPLETED,
  FIRST_EXCEPTION,
  type ReturnWhen,
  type WaitOptions,
} from "../structured/wait.ts";
