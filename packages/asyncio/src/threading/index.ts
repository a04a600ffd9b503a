/// <reference lib="esnext.disposable" preserve="true" />
export { BrokenBarrierError, QueueEmpty, QueueFull, QueueShutDown } from "../loop/errors.ts";
export type { Guard } from "../sync/guard.ts";
export { Barrier, type BarrierOptions, type SharedBarrierStatistics } from "./barrier.ts";
export { type BlockingOptions, sleep } from "./blocking.ts";
export { Condition, type SharedConditionStatistics } from "./condition.ts";
export { Event, type SharedEventStatistics } from "./event.ts";
export { AbandonedLockError, type AcquireOptions, Lock, type SharedLockStatistics } from "./lock.ts";
export {
  LifoQueue,
  Queue,
  type QueueCallOptions,
  type SharedQueueIterator,
  type SharedQueueOptions,
  type SharedQueueStatistics,
} from "./queue.ts";
export { RLock, type RLockStatistics } from "./rlock.ts";
export { BoundedSemaphore, Semaphore, type SharedSemaphoreStatistics } from "./semaphore.ts";
export { type ElementOf, type ElementType, SharedArray, type ViewOf } from "./shared-array.ts";
export { type SharedHandle, SharedObject, threadEnded, watchThread } from "./shared-object.ts";
export { currentThread, getIdent, mainThread, type ThreadInfo } from "./this-thread.ts";
export { Thread } from "./thread.ts";
export { Value } from "./value.ts";
export { fromWire, toWire } from "./wire.ts";
