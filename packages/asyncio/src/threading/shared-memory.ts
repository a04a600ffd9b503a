import { NotImplementedError, RuntimeError } from "../loop/errors.ts";
import { getIdent } from "./this-thread.ts";

/*
 * The layout, in words of 32 bits. Places in line follow the header, PLACE_WORDS each, numbered from 1.
 */
const MUTEX = 0;
const ID = 1; // and 2
const CORRUPT = 3;
/** The first free place, 0 for none; the free ones are chained by BEHIND. */
export const FREE_PLACES = 4;
/** How many places have ever been in use. */
export const USED_PLACES = 5;
/** The lots, LOT_WORDS each: the first and the last place in line, and how many there are. */
export const LOTS = 6;
export const LOT_WORDS = 3;
/** What belongs to the kind of object. */
export const STATE = 16;
/** How many threads have been declared ended here, and the numbers of the last of them, increased by 1. */
const ENDED_COUNT = 32;
const ENDED = 33;
const MOST_ENDED = 7;
const HEADER = 40;
export const PLACE_WORDS = 6;

const FIRST_PLACES = 16;
/** More can not wait for one object at a time. */
export const MOST_PLACES = 2 ** 17;

/** How long, in milliseconds, and how often a thread waits for the one that is inside. */
const PATIENCE = 100;
const MOST_PATIENCE = 100;

interface GrowableBuffer extends SharedArrayBuffer {
  readonly growable: boolean;
  readonly maxByteLength: number;
  grow(bytes: number): void;
}

/** Shared memory that can grow, in all threads at once, up to a limit. Only what is in use is backed by real memory. */
export function allocate(bytes: number, limit: number): SharedArrayBuffer {
  if (typeof SharedArrayBuffer === "undefined") {
    throw new NotImplementedError("this page has no SharedArrayBuffer: it must be cross-origin isolated");
  }
  const Growable = SharedArrayBuffer as unknown as new (
    bytes: number,
    options: { readonly maxByteLength: number },
  ) => SharedArrayBuffer;
  return "grow" in SharedArrayBuffer.prototype
    ? new Growable(bytes, { maxByteLength: limit })
    : new SharedArrayBuffer(limit);
}

/** Makes it at least so large. */
export function growTo(buffer: SharedArrayBuffer, bytes: number): void {
  if (bytes > buffer.byteLength) (buffer as GrowableBuffer).grow(bytes);
}

/** How large it can become. */
export function limitOf(buffer: SharedArrayBuffer): number {
  return (buffer as GrowableBuffer).maxByteLength ?? buffer.byteLength;
}

/**
 * The memory of one shared object: a mutex, under which everything in it is read and changed, the places in line of
 * those who wait (see `SharedLot`), and the object's own words.
 *
 * The mutex is held for a few microseconds at a time, never while user code runs or while anybody waits. The threads
 * that have to be woken are woken after it has been left.
 */
export class SharedMemory {
  readonly buffer: SharedArrayBuffer;
  readonly words: Int32Array;
  /** The places to notify when the mutex is left. */
  private readonly due: number[] = [];

  constructor(buffer: SharedArrayBuffer = fresh()) {
    this.buffer = buffer;
    this.words = new Int32Array(buffer);
  }

  /** The same in all threads. */
  get id(): number {
    return this.words[ID]! * 2 ** 32 + (this.words[ID + 1]! >>> 0);
  }

  /** Waits until no other thread is inside. Throws `RuntimeError` when one has died there. */
  enter(): void {
    const { words } = this;
    const key = (getIdent() + 1) << 1;
    if (Atomics.compareExchange(words, MUTEX, 0, key) !== 0) this.enterSlowly(key | 1);
    if (words[CORRUPT] === 0 && (words[ENDED_COUNT] === 0 || !this.hasEnded(getIdent()))) return;
    this.leave();
    if (words[CORRUPT] === 0) throw hasBeenTerminated();
    throw new RuntimeError(
      `thread ${words[CORRUPT]! - 1} has ended while it changed this object, which is unusable now`,
    );
  }

  /** `contended`: this thread's key, with the mark that others may wait. */
  private enterSlowly(contended: number): void {
    const { words } = this;
    let waits = 0;
    for (;;) {
      const held = Atomics.load(words, MUTEX);
      if (held === 0) {
        if (Atomics.compareExchange(words, MUTEX, 0, contended) === 0) return;
        continue;
      }
      if ((held & 1) === 0 && Atomics.compareExchange(words, MUTEX, held, held | 1) !== held) continue;
      if (waitBriefly(words, MUTEX, held | 1, PATIENCE) !== "timed-out") continue;
      // Waits are counted, not the time: the process may have been stopped.
      if (++waits < MOST_PATIENCE) continue;
      throw new RuntimeError(
        `thread ${(held >> 1) - 1} has not come back from a change of this object; it has been terminated there`,
      );
    }
  }

  leave(): void {
    const { words, due } = this;
    if ((Atomics.exchange(words, MUTEX, 0) & 1) !== 0) Atomics.notify(words, MUTEX, 1);
    if (due.length === 0) return;
    for (let i = 0; i < due.length; i++) Atomics.notify(words, due[i]!);
    due.length = 0;
  }

  /** Wakes who waits for a change of the word at `index`, when the mutex is left. */
  notifyLater(index: number): void {
    this.due.push(index);
  }

  /** The first word of a place. */
  placeAt(place: number): number {
    return HEADER + (place - 1) * PLACE_WORDS;
  }

  /** A place that nobody has. */
  takePlace(): number {
    const { words } = this;
    const free = words[FREE_PLACES]!;
    if (free !== 0) {
      words[FREE_PLACES] = words[this.placeAt(free) + BEHIND]!;
      return free;
    }
    const place = words[USED_PLACES]! + 1;
    if (place > MOST_PLACES) throw new RuntimeError(`more than ${MOST_PLACES} wait for one object`);
    const bytes = (this.placeAt(place) + PLACE_WORDS) * 4;
    if (bytes > this.buffer.byteLength) {
      growTo(this.buffer, Math.min(limitOf(this.buffer), Math.max(bytes, this.buffer.byteLength * 2) & ~3));
    }
    words[USED_PLACES] = place;
    return place;
  }

  freePlace(place: number): void {
    const { words } = this;
    const at = this.placeAt(place);
    Atomics.store(words, at, FREE);
    words[at + BEHIND] = words[FREE_PLACES]!;
    words[FREE_PLACES] = place;
  }

  /**
   * A terminated thread may run on for a while (in Deno, after its `exit` event): it must not take again what is taken
   * from it now. The main thread ends with the process.
   */
  noteEnded(thread: number): void {
    if (thread === 0 || this.hasEnded(thread)) return;
    this.words[ENDED + (this.words[ENDED_COUNT]!++ % MOST_ENDED)] = thread + 1;
  }

  private hasEnded(thread: number): boolean {
    for (let i = 0; i < MOST_ENDED; i++) if (this.words[ENDED + i] === thread + 1) return true;
    return false;
  }

  /** That thread will never leave the mutex, if it is inside. */
  abandonMutex(thread: number): void {
    const { words } = this;
    const held = Atomics.load(words, MUTEX);
    if (held >> 1 !== thread + 1) return;
    words[CORRUPT] = thread + 1;
    if (Atomics.compareExchange(words, MUTEX, held, 0) === held) Atomics.notify(words, MUTEX);
  }
}

export function hasBeenTerminated(): RuntimeError {
  return new RuntimeError("this thread has been terminated");
}

/** What a place holds, beside the state in its first word. */
export const AHEAD = 1;
export const BEHIND = 2;
export const LOT = 3;
export const THREAD = 4;
export const VALUE = 5;

/** The states of a place. */
export const FREE = 0;
export const WAITING = 1;
export const WOKEN = 2;

function fresh(): SharedArrayBuffer {
  const most = (HEADER + MOST_PLACES * PLACE_WORDS) * 4;
  const buffer = allocate((HEADER + FIRST_PLACES * PLACE_WORDS) * 4, most);
  const words = new Int32Array(buffer);
  words[ID] = Math.floor(Math.random() * 2 ** 21);
  words[ID + 1] = Math.floor(Math.random() * 2 ** 32);
  return buffer;
}

/** `Atomics.wait`; where the thread may not wait (a page's main thread), it looks again at once. */
function waitBriefly(words: Int32Array, index: number, value: number, ms: number): string {
  try {
    return Atomics.wait(words, index, value, ms);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return "not-equal";
  }
}
