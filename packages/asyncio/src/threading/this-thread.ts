import { builtin, nodeProcess } from "../host/globals.ts";

interface WorkerThreads {
  readonly threadId: number;
  readonly isMainThread: boolean;
  readonly threadName?: string;
}

const threads = builtin<WorkerThreads>("worker_threads");

/** A thread, as it says of itself. */
export interface ThreadInfo {
  /** The runtime's number of the thread, `threadId` of `node:worker_threads`; 0 is the main thread. */
  readonly ident: number;
  readonly name: string;
  readonly isMain: boolean;
}

const main: ThreadInfo = Object.freeze({ ident: 0, name: "MainThread", isMain: true });

const current: ThreadInfo =
  threads === undefined || threads.isMainThread
    ? main
    : Object.freeze({
        ident: threads.threadId,
        name: threads.threadName || `Thread-${threads.threadId}`,
        isMain: false,
      });

/** The thread that calls this. Python: `threading.current_thread()`. */
export function currentThread(): ThreadInfo {
  return current;
}

/** The thread in which the program began. Python: `threading.main_thread()`. */
export function mainThread(): ThreadInfo {
  return main;
}

/**
 * The number of the thread that calls this, unique among those that live; 0 in the main thread (Python's is never 0).
 * Python: `threading.get_ident()`.
 */
export function getIdent(): number {
  return current.ident;
}

/** Calls back when this thread ends by itself; a thread that is terminated has no time for it. */
export function atThreadExit(callback: () => void): void {
  if (!current.isMain) nodeProcess?.on("exit", callback);
}
