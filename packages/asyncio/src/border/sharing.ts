/**
 * What `asyncio-ts/threading` offers to those who pass values between threads, once it has been loaded in this thread.
 * They know it by this symbol only: who passes no locks and queues does not load it.
 */
export interface Sharing {
  /** The value with handles in the place of shared objects; the value itself when there is none in it. */
  toWire(value: unknown): unknown;
  fromWire(value: unknown): unknown;
  /** Says that a thread has ended, so that it leaves all lines, and its locks are abandoned. */
  threadEnded(ident: number): void;
}

const key: unique symbol = Symbol.for("asyncio-ts.threading");
const place = globalThis as { [key]?: Sharing };

/** Undefined as long as this thread has not loaded `asyncio-ts/threading`. */
export function sharing(): Sharing | undefined {
  return place[key];
}

/** The first copy of the package that is loaded speaks for this thread. */
export function offerSharing(offer: Sharing): void {
  place[key] ??= offer;
}
