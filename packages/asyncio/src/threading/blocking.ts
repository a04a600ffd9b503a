import { globals } from "../host/globals.ts";
import { type Delay, toSeconds } from "../loop/delay.ts";
import { RuntimeError } from "../loop/errors.ts";
import { runningLoopHere } from "../loop/running.ts";
import type { Operation } from "./operation.ts";
import { WAITING } from "./shared-memory.ts";

/** Waits are made of pieces of so many milliseconds: some versions of Bun cannot terminate a thread in `Atomics.wait`. */
const PIECE = 100;

export interface BlockingOptions {
  /** How long to wait (seconds, or a string with its unit); 0 does not wait. Default null: for ever. */
  readonly timeout?: Delay | null;
  /**
   * Block the thread although an event loop runs in it, which stands still meanwhile: its timers, its sockets, and the
   * tasks that could end the wait. Default false: `RuntimeError`.
   */
  readonly allowBlocking?: boolean;
}

/** When a wait ends, in milliseconds of `performance.now()`; 0 for one that is none. */
export type Deadline = number;

export function deadlineOf({ timeout = null }: BlockingOptions): Deadline {
  if (timeout === null) return Infinity;
  const seconds = toSeconds(timeout);
  return seconds <= 0 ? 0 : globals.performance.now() + seconds * 1000;
}

/** As `deadlineOf`, for what takes no negative timeout. */
export function strictDeadlineOf(options: BlockingOptions): Deadline {
  const { timeout = null } = options;
  if (timeout !== null && toSeconds(timeout) < 0) throw new RangeError("timeout value must be a non-negative number");
  return deadlineOf(options);
}

/** Throws where an event loop runs, which must not stand still. `method` and `twin` are named in the message. */
export function checkMayBlock(method: string, twin: string, options: { readonly allowBlocking?: boolean }): void {
  if (options.allowBlocking === true || runningLoopHere() === null) return;
  throw new RuntimeError(
    `${method}() would block the running event loop: await ${twin}(), or give allowBlocking: true to insist`,
  );
}

/** Carries an operation out by blocking the thread. False when the time was over first; then it has taken nothing. */
export function block(operation: Operation<unknown>, deadline: Deadline): boolean {
  return operation.start() || blockInLine(operation, deadline);
}

/** The same for one that stands in line. */
export function blockInLine(operation: Operation<unknown>, deadline: Deadline): boolean {
  for (;;) {
    try {
      blockUntilWoken(operation, deadline);
      if (!operation.stopWaiting()) return false;
    } catch (error) {
      operation.giveUp(); // The thread may not wait, or the object has become unusable.
      throw error;
    }
    if (operation.goOn()) return true;
  }
}

function blockUntilWoken({ memory, place }: Operation<unknown>, deadline: Deadline): void {
  const { words } = memory;
  const index = memory.placeAt(place);
  while (Atomics.load(words, index) === WAITING) {
    const left = deadline === 0 ? 0 : deadline - globals.performance.now();
    if (left <= 0) return;
    Atomics.wait(words, index, WAITING, Math.min(left, PIECE));
  }
}

const nobody = typeof SharedArrayBuffer === "undefined" ? null : new Int32Array(new SharedArrayBuffer(4));

/**
 * Blocks the thread for `delay` (seconds, or a string with its unit). Throws `RuntimeError` where an event loop runs,
 * unless `allowBlocking` is given; tasks await `sleep` of `asyncio-ts`. Python: `time.sleep()`.
 */
export function sleep(delay: Delay, options: { readonly allowBlocking?: boolean } = {}): void {
  if (toSeconds(delay) < 0) throw new RangeError("sleep length must be non-negative");
  checkMayBlock("threading.sleep", "sleep", options);
  const deadline = deadlineOf({ timeout: delay });
  for (;;) {
    const left = deadline - globals.performance.now();
    if (left <= 0) return;
    Atomics.wait(nobody!, 0, 0, Math.min(left, PIECE));
  }
}
