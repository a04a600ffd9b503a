import { builtin } from "../host/globals.ts";
import { RuntimeError } from "../loop/errors.ts";
import { runningLoopOrNull } from "../tasks/default-loop.ts";
import { BELL_COUNT, BELL_SLEEPERS } from "./shared-slots.ts";

/**
 * How a thread blocks until a future is done. While it does, nothing of its event loop happens: workers write their
 * results to where the thread can fetch them, and ring one bell that all pools of the thread share.
 */

/** Waits are finite: what rings no bell (a runtime that loses a notification) is noticed all the same. */
const LONGEST_WAIT_MS = 100;

export interface Blockable {
  /** Fetches what workers have written, and gives them new work; without the event loop. */
  _drain(): void;
}

/** Everybody who has work under way on this thread and can be drained. */
export const blockables: Set<Blockable> = new Set();

let bell: Int32Array | null = null;

/** The thread's bell, which every worker of the thread rings when somebody sleeps. */
export function threadBell(): Int32Array {
  bell ??= new Int32Array(new SharedArrayBuffer(8));
  return bell;
}

export interface BlockingOptions {
  /** Block even though an event loop runs on this thread, which freezes all its tasks; default false. */
  readonly allowBlocking?: boolean;
}

/** Throws where blocking would freeze a running loop, unless that is wanted. */
export function checkBlocking(what: string, instead: string, options: BlockingOptions | undefined): void {
  if (options?.allowBlocking === true || runningLoopOrNull() === null) return;
  throw new RuntimeError(
    `${what} would block the thread of a running event loop: ${instead}, or pass { allowBlocking: true }`,
  );
}

/**
 * Blocks this thread until `isDone()`, or until `deadline` (milliseconds of `performance.now()`, null: for ever). Returns
 * whether it is done. Throws `RuntimeError` where the runtime cannot block.
 */
export function blockUntil(isDone: () => boolean, deadline: number | null, isHopeless: () => boolean): boolean {
  if (isDone()) return true;
  if (builtin("worker_threads") === undefined) throw new RuntimeError("this runtime cannot block a thread");
  const shared = threadBell();
  Atomics.add(shared, BELL_SLEEPERS, 1);
  try {
    for (;;) {
      const seen = Atomics.load(shared, BELL_COUNT);
      for (const each of [...blockables]) each._drain();
      if (isDone()) return true;
      if (isHopeless()) {
        throw new RuntimeError(
          "the future would never be done: nothing that can happen on a blocked thread settles it",
        );
      }
      const left = deadline === null ? LONGEST_WAIT_MS : Math.min(LONGEST_WAIT_MS, deadline - performance.now());
      if (left <= 0) return false;
      Atomics.wait(shared, BELL_COUNT, seen, left);
    }
  } finally {
    Atomics.sub(shared, BELL_SLEEPERS, 1);
  }
}
