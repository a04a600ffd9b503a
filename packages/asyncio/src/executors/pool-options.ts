import { builtin } from "../host/globals.ts";
import { type Delay, toSeconds } from "../loop/delay.ts";
import { repr } from "../loop/repr.ts";
import { checkTask, type WorkerTask } from "./worker-task.ts";

/** What both pools take. */
export interface PoolOptions {
  /** How many workers there are at most; default: as many as the machine has processors. */
  readonly maxWorkers?: number;
  /** A task that each worker runs before its first job. When it fails, the pool is broken. */
  readonly initializer?: WorkerTask<never, unknown>;
  readonly initargs?: readonly unknown[];
  /** A worker is replaced after so many jobs; default: never. concurrent.futures: `max_tasks_per_child`. */
  readonly maxTasksPerWorker?: number | null;
  /**
   * What the sudden end of a worker (`process.exit()` in a job, out of memory, a signal) means: `"break"` (default, as in
   * Python) makes all jobs and later submits fail, `"replace"` only the job that ran; the pool goes on with a new worker.
   */
  readonly onWorkerDeath?: "break" | "replace";
  /**
   * What cancelling a job that runs does: `"never"` (as in Python) nothing; `"cooperative"` (default) tells the job, see
   * `currentJob()`; `"terminate"` also ends its worker when the job has not stopped after `cancelGrace`.
   */
  readonly cancelRunning?: "never" | "cooperative" | "terminate";
  /** Default 1 s. */
  readonly cancelGrace?: Delay;
  /** A worker that has had nothing to do for so long ends; default 30 s, null: never. */
  readonly idleTimeout?: Delay | null;
  /** `submit()` throws `QueueFull` while so many jobs wait for a worker; default: no limit. `room()` waits for less. */
  readonly maxQueue?: number | null;
}

/** The options with their defaults, checked. */
export interface PoolSettings {
  readonly maxWorkers: number;
  readonly initializer: WorkerTask<never, unknown> | null;
  readonly initargs: readonly unknown[];
  readonly maxTasksPerWorker: number;
  readonly replaces: boolean;
  readonly cancelRunning: "never" | "cooperative" | "terminate";
  readonly graceMs: number;
  readonly idleMs: number;
  readonly maxQueue: number;
}

export function toPoolSettings(options: PoolOptions): PoolSettings {
  const { initializer = null, initargs = [], onWorkerDeath = "break", cancelRunning = "cooperative" } = options;
  if (initializer !== null) checkTask(initializer);
  oneOf("onWorkerDeath", onWorkerDeath, ["break", "replace"]);
  oneOf("cancelRunning", cancelRunning, ["never", "cooperative", "terminate"]);
  const { idleTimeout = 30 } = options;
  return {
    maxWorkers: count("maxWorkers", options.maxWorkers ?? processors()),
    initializer,
    initargs,
    maxTasksPerWorker: limit("maxTasksPerWorker", options.maxTasksPerWorker),
    replaces: onWorkerDeath === "replace",
    cancelRunning,
    graceMs: toSeconds(options.cancelGrace ?? 1) * 1000,
    idleMs: idleTimeout === null ? Number.POSITIVE_INFINITY : toSeconds(idleTimeout) * 1000,
    maxQueue: limit("maxQueue", options.maxQueue),
  };
}

function count(name: string, value: number): number {
  if (!Number.isInteger(value)) throw new TypeError(`${name} must be an integer, not ${repr(value)}`);
  if (value <= 0) throw new RangeError(`${name} must be greater than 0`);
  return value;
}

function limit(name: string, value: number | null | undefined): number {
  return value === null || value === undefined ? Number.POSITIVE_INFINITY : count(name, value);
}

function oneOf(name: string, value: string, allowed: readonly string[]): void {
  if (!allowed.includes(value))
    throw new RangeError(`${name} must be one of ${allowed.join(", ")}, not ${repr(value)}`);
}

function processors(): number {
  const os = builtin<{ availableParallelism?(): number; cpus(): unknown[] }>("os");
  return Math.max(1, os?.availableParallelism?.() ?? os?.cpus().length ?? 1);
}
