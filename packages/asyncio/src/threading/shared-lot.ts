import {
  AHEAD,
  BEHIND,
  FREE,
  LOT,
  LOT_WORDS,
  LOTS,
  PLACE_WORDS,
  type SharedMemory,
  THREAD,
  USED_PLACES,
  VALUE,
  WAITING,
  WOKEN,
} from "./shared-memory.ts";
import { getIdent } from "./this-thread.ts";

const FIRST = 0;
const LAST = 1;
const LENGTH = 2;

/**
 * The parking lot of the primitives between threads: a queue of those who wait, in shared memory, first in, first out.
 * Threads that block and tasks that await stand in the same line. All of it is called under the memory's mutex; to park,
 * to wake the first and to leave take constant time.
 *
 * A place in line is waiting, or woken: then it is out of the line, and what it was woken for (a lock, a permit, an item)
 * belongs to it, so that no newcomer can be faster. Who does not use that has to give it back.
 */
export class SharedLot {
  private readonly memory: SharedMemory;
  readonly index: number;
  private readonly at: number;

  constructor(memory: SharedMemory, index: number) {
    this.memory = memory;
    this.index = index;
    this.at = LOTS + index * LOT_WORDS;
  }

  /** How many wait. */
  get length(): number {
    return this.memory.words[this.at + LENGTH]!;
  }

  /** A place at the end of the line. `value` is kept with it until it is woken. */
  park(value: number): number {
    const { memory, at } = this;
    const place = memory.takePlace();
    const { words } = memory;
    const base = memory.placeAt(place);
    const last = words[at + LAST]!;
    words[base + AHEAD] = last;
    words[base + BEHIND] = 0;
    words[base + LOT] = this.index;
    words[base + THREAD] = getIdent();
    words[base + VALUE] = value;
    Atomics.store(words, base, WAITING);
    if (last === 0) words[at + FIRST] = place;
    else words[memory.placeAt(last) + BEHIND] = place;
    words[at + LAST] = place;
    words[at + LENGTH]!++;
    return place;
  }

  /** The first in line; 0 when nobody waits. */
  get first(): number {
    return this.memory.words[this.at + FIRST]!;
  }

  /** Whose the first place in line is; null when nobody waits. */
  get firstThread(): number | null {
    const { first, memory } = this;
    return first === 0 ? null : memory.words[memory.placeAt(first) + THREAD]!;
  }

  /** Wakes the first in line; false when nobody waits. */
  unpark(value: number): boolean {
    const place = this.first;
    if (place === 0) return false;
    const { memory } = this;
    const base = memory.placeAt(place);
    this.unlink(base);
    memory.words[base + VALUE] = value;
    Atomics.store(memory.words, base, WOKEN);
    memory.notifyLater(base);
    return true;
  }

  /** Wakes all. */
  unparkAll(value: number): void {
    while (this.unpark(value));
  }

  /** Takes a waiting place out of the line and frees it. */
  leave(place: number): void {
    const { memory } = this;
    const base = memory.placeAt(place);
    this.unlink(base);
    memory.freePlace(place);
    memory.notifyLater(base); // What `Atomics.waitAsync` has promised there must end.
  }

  private unlink(base: number): void {
    const { memory, at } = this;
    const { words } = memory;
    const ahead = words[base + AHEAD]!;
    const behind = words[base + BEHIND]!;
    if (ahead === 0) words[at + FIRST] = behind;
    else words[memory.placeAt(ahead) + BEHIND] = behind;
    if (behind === 0) words[at + LAST] = ahead;
    else words[memory.placeAt(behind) + AHEAD] = ahead;
    words[at + LENGTH]!--;
  }
}

/** What is kept with a place. */
export function placeValue(memory: SharedMemory, place: number): number {
  return memory.words[memory.placeAt(place) + VALUE]!;
}

export function isWoken(memory: SharedMemory, place: number): boolean {
  return Atomics.load(memory.words, memory.placeAt(place)) === WOKEN;
}

/** Whether it is a place of the thread that asks. */
export function isOfThisThread(memory: SharedMemory, place: number): boolean {
  const base = memory.placeAt(place);
  return memory.words[base] !== FREE && memory.words[base + THREAD] === getIdent();
}

/** Takes all places of a thread that has ended. `giveBack` gets what they had been woken with. */
export function leaveAll(memory: SharedMemory, thread: number, giveBack: (lot: number, value: number) => void): void {
  const { words } = memory;
  const used = words[USED_PLACES]!;
  for (let place = 1, base = memory.placeAt(1); place <= used; place++, base += PLACE_WORDS) {
    const state = words[base]!;
    if (state === FREE || words[base + THREAD] !== thread) continue;
    const lot = words[base + LOT]!;
    if (state === WAITING) {
      new SharedLot(memory, lot).leave(place);
    } else {
      memory.freePlace(place);
      giveBack(lot, words[base + VALUE]!);
    }
  }
}
