/**
 * The memory that a pool shares with one worker thread. Each job that is on its way has a slot; both sides see its state
 * at once, without a message: the pool takes a job back that has not begun, the worker hands over a small result.
 *
 * A state carries the number of its job, so that a worker which comes late to a job that was taken back does not mistake
 * the slot's next job for it.
 */

export const SLOTS = 256;

// ---- the header, in 32-bit words
/** Counts what the pool has posted; a worker that rests waits for it to change. */
export const POSTED = 0;
/** 1 while the worker rests in `Atomics.wait`. */
export const RESTING = 1;
/** 1 when a message that tells the pool to look is on its way. */
export const SIGNALLED = 2;
/** The number of the job that has been asked to stop, and whether there is one. */
export const INTERRUPTED = 3;
export const HAS_INTERRUPT = 4;
/** 1 when the worker has ended by itself, and its exit code. */
export const ENDED = 5;
export const EXIT_CODE = 6;
const HEADER = 8;

// ---- states of a slot
export const QUEUED = 1;
export const RUNNING = 2;
export const WITHDRAWN = 3;
/** The result follows (or has gone before) in a message. */
export const MESSAGE = 4;
export const UNDEFINED = 5;
export const NULL = 6;
export const FALSE = 7;
export const TRUE = 8;
export const NUMBER = 9;

// ---- the bell of a thread
export const BELL_COUNT = 0;
export const BELL_SLEEPERS = 1;

/** Where among the numbers the worker writes how many milliseconds its latest jobs have taken, on average. */
export const USUAL_MS = SLOTS;

export class SharedSlots {
  readonly buffer: SharedArrayBuffer;
  readonly words: Int32Array;
  readonly numbers: Float64Array;

  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer((SLOTS + 1) * 8 + (HEADER + SLOTS) * 4)) {
    this.buffer = buffer;
    this.numbers = new Float64Array(buffer, 0, SLOTS + 1);
    this.words = new Int32Array(buffer, (SLOTS + 1) * 8);
  }

  state(number: number): number {
    const value = Atomics.load(this.words, slotOf(number));
    return value >> 4 === jobOf(number) ? value & 15 : 0;
  }

  setState(number: number, state: number): void {
    Atomics.store(this.words, slotOf(number), (jobOf(number) << 4) | state);
  }

  /** Whether the job was in state `from`, and now is in `to`. */
  advance(number: number, from: number, to: number): boolean {
    const base = jobOf(number) << 4;
    return Atomics.compareExchange(this.words, slotOf(number), base | from, base | to) === (base | from);
  }

  isInterrupted(number: number): boolean {
    return Atomics.load(this.words, HAS_INTERRUPT) === 1 && Atomics.load(this.words, INTERRUPTED) === (number | 0);
  }

  interrupt(number: number): void {
    Atomics.store(this.words, INTERRUPTED, number);
    Atomics.store(this.words, HAS_INTERRUPT, 1);
  }
}

function slotOf(number: number): number {
  return HEADER + (number & (SLOTS - 1));
}

function jobOf(number: number): number {
  return number & 0x7ffffff;
}
