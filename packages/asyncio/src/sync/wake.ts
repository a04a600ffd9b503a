import type { ParkingLot, Waiter } from "./parking-lot.ts";

/**
 * Wakes the first who is parked, if anybody is. As in asyncio's queues it is out of the lot at once, and so are those
 * before it whose wait was cancelled.
 */
export function wakeNext<V>(lot: ParkingLot<V>, value: V): Waiter<V> | null {
  if (lot.length === 0) return null;
  const woken = lot.unpark(value);
  for (let { head } = lot; head !== null; head = head === woken ? null : lot.head) lot.leave(head);
  return woken;
}

/** Wakes all, in order, and empties the lot. */
export function wakeAll<V>(lot: ParkingLot<V>, value: V): void {
  while (lot.length > 0) wakeNext(lot, value);
}
