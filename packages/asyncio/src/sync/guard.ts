import type { Task } from "../tasks/task.ts";

/** What gives guards out, and takes back what they stand for. */
export interface Guarded {
  /** @internal */
  _releaseBy(guard: Guard): void;
}

/**
 * One acquisition of a lock, semaphore or limiter, given by `acquire()`: `using guard = await lock.acquire()`.
 * Releasing it twice is harmless, so that it can be released early inside a `using` block; unlike `lock.release()` it
 * can never release what somebody else has acquired meanwhile.
 */
export class Guard {
  private guarded: Guarded | null;
  /** Whose code has acquired it; null outside of tasks. @internal */
  readonly _task: Task<unknown> | null;

  /** @internal */
  constructor(guarded: Guarded, task: Task<unknown> | null) {
    this.guarded = guarded;
    this._task = task;
  }

  /** Releases what was acquired, unless that has been done. */
  release(): void {
    const { guarded } = this;
    if (guarded === null) return;
    this.guarded = null;
    guarded._releaseBy(this);
  }

  /** As `release`. */
  [Symbol.dispose](): void {
    this.release();
  }
}
