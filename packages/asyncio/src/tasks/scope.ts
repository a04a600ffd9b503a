import type { Task } from "./task.ts";

/**
 * A stretch of a task that can be cancelled by itself: a timeout, a task group's body. Scopes form a tree; the path to
 * the root says by whose cancellations a wait is meant. A cancellation without a scope means the whole task.
 */
export interface Scope {
  readonly _outer: Scope | null;
}

/** Whether a wait within `inner` is meant by a cancellation of `scope`. */
export function isWithin(inner: Scope | null, scope: Scope | null): boolean {
  if (scope === null) return true;
  for (let at = inner; at !== null; at = at._outer) if (at === scope) return true;
  return false;
}

/** The place of native code in its task: the value that the ambient frame carries. */
export class NativeScope {
  readonly task: Task<unknown>;
  readonly scope: Scope | null;

  constructor(task: Task<unknown>, scope: Scope | null) {
    this.task = task;
    this.scope = scope;
  }
}
