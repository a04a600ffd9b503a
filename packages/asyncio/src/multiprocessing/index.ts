/// <reference lib="esnext.disposable" preserve="true" />
export { registerError } from "../border/error-classes.ts";
export { RemoteTraceback } from "../border/remote-traceback.ts";
export { UncloneableError } from "../border/uncloneable-error.ts";
export { BrokenProcessPool } from "../executors/executor-errors.ts";
export { inline } from "../executors/inline.ts";
export { type WorkerModule, WorkerTask, workerModule } from "../executors/worker-task.ts";
export { type AsyncOptions, AsyncResult } from "./async-result.ts";
export { Connection, Pipe, type PipeOptions } from "./connection.ts";
export { getStartMethod, RawArray, RawValue, SharedMemory, setStartMethod } from "./context.ts";
export { currentProcessName } from "./current-process.ts";
export { EOFError, KeyError, ProcessDiedError } from "./errors.ts";
export { getContext, type ProcessContext } from "./get-context.ts";
export { Manager } from "./manager.ts";
export { type ChunkOptions, Pool, type PoolConstructorOptions } from "./pool.ts";
export { PoolIterator } from "./pool-iterator.ts";
export { Process } from "./process.ts";
export {
  DictProxy,
  EventProxy,
  ListProxy,
  LockProxy,
  NamespaceProxy,
  SemaphoreProxy,
  ValueProxy,
} from "./proxies.ts";
export { JoinableQueue, Queue, SimpleQueue, type WaitOptions } from "./queue.ts";
