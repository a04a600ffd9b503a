import type { ThrownRecord } from "../border/error-record.ts";
import type { TaskDefinition } from "./worker-task.ts";

/** What a pool and its workers say to each other. Both sides are always of the same version. */

/** Jobs for one worker: numbered from `first`, each a task's number and its arguments (0 for none), one after the other. */
export interface Batch {
  readonly kind: "jobs";
  readonly first: number;
  readonly jobs: readonly unknown[];
  /** Arguments among them have handles in the place of shared objects. */
  readonly shared?: true;
  /** The tasks that this worker has not met yet. */
  readonly tasks: readonly (readonly [number: number, definition: TaskDefinition])[] | null;
}

export type ToWorker =
  | Batch
  /** Asks a job that runs to stop. */
  | { readonly kind: "interrupt"; readonly job: number }
  /** Nothing more will come: the worker ends when it has done what it has. */
  | { readonly kind: "end" };

/** The pool is to look into the shared slots. */
export const LOOK = 0;

export type FromWorker =
  | typeof LOOK
  /** What a job has returned. */
  | readonly [job: number, value: unknown]
  /** The same, with handles in the place of shared objects. */
  | readonly [job: number, wire: unknown, thrown: undefined, shared: true]
  /** What a job has thrown. */
  | readonly [job: number, nothing: null, thrown: ThrownRecord]
  | { readonly kind: "ready" }
  | { readonly kind: "initializer-failed"; readonly thrown: ThrownRecord };

/** How a worker begins. */
export interface WorkerSettings {
  readonly name: string;
  readonly initializer: TaskDefinition | null;
  readonly initargs: readonly unknown[];
  /** Where relative imports of tools (tsx) are looked up when a job's own folder has none. */
  readonly folder: string;
}

/** The outcome of a chunk of `map()`: the values up to the first error. */
export interface ChunkOutcome {
  readonly values: readonly unknown[];
  readonly thrown?: ThrownRecord;
}

/** A task's number in a batch stands for the task, this for a chunk of calls of it. */
export function chunkOf(task: number): number {
  return -1 - task;
}
