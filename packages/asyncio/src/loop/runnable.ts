/**
 * What the ready queue holds: a `Handle`, a task whose step is due, a wait of a native coroutine that is over.
 * `_run` never throws, except for errors that leave the loop (`leavesLoop`).
 */
export interface Runnable {
  _run(): void;
}
