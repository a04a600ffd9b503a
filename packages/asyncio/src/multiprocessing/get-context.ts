import { Pipe } from "./connection.ts";
import { setStartMethod } from "./context.ts";
import { Manager } from "./manager.ts";
import { Pool } from "./pool.ts";
import { Process } from "./process.ts";
import { JoinableQueue, Queue, SimpleQueue } from "./queue.ts";

/** What `getContext()` gives. */
export interface ProcessContext {
  readonly JoinableQueue: typeof JoinableQueue;
  readonly Manager: typeof Manager;
  readonly Pipe: typeof Pipe;
  readonly Pool: typeof Pool;
  readonly Process: typeof Process;
  readonly Queue: typeof Queue;
  readonly SimpleQueue: typeof SimpleQueue;
}

/**
 * This module's names, for programs that ask for a start method. Throws `NotImplementedError`, which says what to do
 * instead, for `"fork"` and `"forkserver"`. multiprocessing: `get_context()`.
 */
export function getContext(method: string = "spawn"): ProcessContext {
  setStartMethod(method);
  return { JoinableQueue, Manager, Pipe, Pool, Process, Queue, SimpleQueue };
}
