/** What the loop asks of the runtime it is a guest of. One object of this shape exists per runtime and one per virtual clock. */
export interface Host {
  /** "node", "bun", "deno", "browser" or "virtual". */
  readonly name: string;
  /** Seconds on a monotonic clock. */
  now(): number;
  /** Calls back as soon as the JavaScript that runs now has returned, before any I/O. */
  soon(callback: () => void): void;
  /** Calls back after the runtime has had a chance to do I/O and to fire its own timers. */
  macrotask(callback: () => void): void;
  /**
   * Calls back in a microtask, where that makes errors cheaper: V8 prepares a report for each `throw` when no
   * `catch` of its own is below, which takes 1 µs, and below a microtask there is one. Null elsewhere.
   */
  readonly throwCheaply: ((callback: () => void) => void) | null;
  /** Runs all microtasks before it returns: the end of a native coroutine's step. Null where the runtime cannot. */
  readonly drainMicrotasks: (() => void) | null;
  /** Calls back at the first moment when no microtask is left: the same moment, where it cannot be had at once. */
  afterMicrotasks(callback: () => void): void;
  /**
   * The loop sleeps until `when` on this host's clock. Calls back then, possibly too early for delays over 2³¹ ms; keeps
   * the process alive meanwhile. Infinity sets no timer, but a virtual clock learns from it that the loop is idle.
   */
  setTimer(when: number, callback: () => void): unknown;
  clearTimer(timer: unknown): void;
  /**
   * Calls back when nothing outside can wake the loop any more: a real runtime is about to exit for want of work, a
   * virtual clock has no timer left. Returns a function that withdraws the wish.
   */
  whenStranded(callback: () => void): () => void;
}

/** The longest delay that every runtime's `setTimeout` takes: 2³¹ − 1 ms. Longer waits are made of several. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;
