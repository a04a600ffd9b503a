import { FINISHED, type Future } from "../tasks/future.ts";
import { type Step, SteppedCoroutine } from "../tasks/stepped-coroutine.ts";
import type { ParkingLot, Waiter } from "./parking-lot.ts";

/**
 * A coroutine that waits in parking lots, in one at a time: `lock.acquire()`, `queue.get()`.
 * A subclass says what it does first (`begin`: `park` or `over`), when it has been woken (`woken`: the same), and in
 * `lost` what becomes of the lot when it will not go on.
 */
export abstract class ParkedCoroutine<T, V = void> extends SteppedCoroutine<T> {
  /** Waits in `lot` until it is woken. */
  protected park(lot: ParkingLot<V>, waiter: Waiter<V>): Step<T> {
    return this.wait(lot.park(waiter));
  }

  /** It has been woken with `value` and has left the lot. What this throws ends the coroutine; nothing is given back. */
  protected abstract woken(value: V): Step<T>;

  /**
   * It has left the lot and ends with an error, a cancellation as a rule. `waiter` tells who it was; `wasWoken`, that a
   * wake-up (with `value`) was spent on it, which has to be given back: to the next in the queue, or to the primitive's
   * state.
   */
  protected abstract lost(wasWoken: boolean, value: V | undefined): void;

  protected override resume(waiter: Future<unknown>): Step<T> {
    const parked = waiter as Waiter<V>;
    parked._lot?.leave(parked); // Queues take it out when they wake it.
    return this.woken(parked._value as V);
  }

  protected override giveUp(waiter: Future<unknown>): void {
    const parked = waiter as Waiter<V>;
    parked.cancel(); // Still parked when it is driven by hand and closed, or thrown into.
    parked._lot?.leave(parked);
    const wasWoken = parked._state === FINISHED;
    this.lost(wasWoken, wasWoken ? (parked._value as V) : undefined);
  }
}
