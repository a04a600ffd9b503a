/**
 * The methods of the event loop that need threads, added to it as `process/loop-methods.ts` does; browsers' bundlers take
 * `process/no-loop-methods.ts` instead.
 */

import type { Delay } from "../loop/delay.ts";
import type { Coroutine } from "../tasks/coroutine.ts";
import { EventLoop } from "../tasks/event-loop.ts";
import type { Future } from "../tasks/future.ts";
import { runInExecutor, setDefaultExecutor, shutdownDefaultExecutor } from "./default-executor.ts";
import type { Executor } from "./executor.ts";
import type { ThreadPoolExecutor } from "./thread-pool-executor.ts";
import type { WorkerTask } from "./worker-task.ts";

declare module "../tasks/event-loop.ts" {
  interface EventLoop {
    /**
     * Has an executor (null: the loop's own threads, which start as they are needed) call a task with these arguments; the
     * future has its result. Cancelling the future takes the job back, or tells it, if it runs, to stop: see
     * `cancelRunning`. Throws `TypeError` for a function: a worker finds a module's functions (`workerModule`) and what
     * `inline` ships. asyncio: `loop.run_in_executor()`.
     */
    runInExecutor<A extends readonly unknown[], R>(
      executor: Executor | null,
      task: WorkerTask<A, R>,
      ...args: A
    ): Future<R>;
    /** Sets what `runInExecutor(null, …)` takes. Throws `TypeError` for what is no `ThreadPoolExecutor`. */
    setDefaultExecutor(executor: ThreadPoolExecutor): void;
    /**
     * Takes no more jobs for the default executor and waits for those that it has; after `timeout` (default: never) it warns
     * and ends the threads, whatever they do. asyncio: `loop.shutdown_default_executor()`.
     */
    shutdownDefaultExecutor(timeout?: Delay | null): Coroutine<void>;
  }
}

const methods: Partial<EventLoop> & ThisType<EventLoop> = {
  runInExecutor(executor, task, ...args) {
    return runInExecutor(this, executor, task, args);
  },
  setDefaultExecutor(executor) {
    setDefaultExecutor(this, executor);
  },
  shutdownDefaultExecutor(timeout = null) {
    return shutdownDefaultExecutor(this, timeout);
  },
};

for (const [name, value] of Object.entries(methods)) {
  Object.defineProperty(EventLoop.prototype, name, { value, writable: true, configurable: true });
}
