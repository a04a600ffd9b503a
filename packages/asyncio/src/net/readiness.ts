import type { Endpoint } from "../loop/base-loop.ts";
import { type Context, currentContext } from "../loop/context.ts";
import { RuntimeError } from "../loop/errors.ts";
import { type Callback, Handle } from "../loop/handle.ts";
import type { Runnable } from "../loop/runnable.ts";
import { ParkingLot, Waiter } from "../sync/parking-lot.ts";
import type { EventLoop } from "../tasks/event-loop.ts";

/**
 * Whether one direction of a socket is ready, for those who want to know: tasks that wait in line (`sockRecv`), and one
 * callback (`addReader`), which is called once an iteration for as long as it is ready and no task waits. asyncio: what
 * its selector tells.
 *
 * Tasks are only woken here, one at a time; they take what there is when they go on. So a cancelled one has nothing to
 * give back but its turn.
 */
export abstract class Readiness {
  /** Those who wait. @internal */ readonly _lot: ParkingLot = new ParkingLot(this);
  /** The first of them, who is awake and has not gone on yet. */
  private awake: Waiter | null = null;
  private callback: WatchHandle | null = null;
  protected listening: boolean = false;

  /** Whether something can be done without waiting, be it to learn of an end or an error. */
  abstract isReady(): boolean;
  /** Whether it is closed, so that nothing will change any more. */
  abstract isOver(): boolean;
  /** Somebody wants to hear of changes: `_changed` has to be called at each. */
  protected listen(): void {}
  protected unlisten(): void {}

  /** Whether a newcomer has to queue. */
  get isAwaited(): boolean {
    return this._lot.inUse;
  }

  // ---- the callback

  /** Replaces the callback. It is called in the current context. Throws `RuntimeError` when another loop has one. */
  setCallback(loop: EventLoop, callback: Callback, args: readonly unknown[]): void {
    if (!this.removeCallback(loop) && this.callback !== null) {
      throw new RuntimeError("Another event loop has a callback for this already");
    }
    this.callback = new WatchHandle(this, loop, callback, args.length === 0 ? null : args, currentContext().copy());
    this._changed();
  }

  /** Gives whether `loop` had one. */
  removeCallback(loop: EventLoop): boolean {
    const { callback } = this;
    if (callback === null || callback._loop !== loop) return false;
    this.callback = null;
    callback.cancel();
    this.updateListening();
    return true;
  }

  // ---- those who wait

  /** For the lot. @internal */
  _makeWaiter(loop: EventLoop): Waiter {
    return new OutsideWaiter(loop);
  }

  /** Somebody who was woken has left the lot. Once it has taken what it wants, `_changed` has to be called. @internal */
  _answered(): void {
    this.awake = null;
  }

  /** Something has come, ended, or become free, or somebody has left: who is next? @internal */
  _changed(): void {
    this.updateListening();
    if (this.awake !== null && !this.awake._loop.isClosed()) return;
    if (!this.isReady()) return;
    this.awake = this.wakeNext();
    if (this.awake === null) this.callback?.enter();
  }

  private wakeNext(): Waiter | null {
    const { _lot: lot } = this;
    for (let waiter = lot.peek(); waiter !== null; waiter = lot.peek()) {
      if (!waiter._loop.isClosed()) return lot.unpark();
      lot.leave(waiter); // Nobody will go on there.
    }
    return null;
  }

  private updateListening(): void {
    const wanted = this._lot.length > 0 || this.callback !== null;
    if (wanted === this.listening) return;
    this.listening = wanted;
    if (wanted) this.listen();
    else this.unlisten();
  }
}

/** As an `OutsideFuture`. */
class OutsideWaiter extends Waiter {
  override get _isOutside(): boolean {
    return true;
  }

  override _addCallback(item: Runnable): void {
    this._loop._outsideWaits?.add(this);
    super._addCallback(item);
  }
}

/** A callback that is called again and again. */
class WatchHandle extends Handle implements Endpoint {
  private readonly readiness: Readiness;
  private queued: boolean = false;
  /** It has been called after the end; a closed descriptor is never ready again. */
  private isSpent: boolean = false;

  constructor(
    readiness: Readiness,
    loop: EventLoop,
    callback: Callback,
    args: readonly unknown[] | null,
    context: Context,
  ) {
    super(loop, callback, args, context);
    this.readiness = readiness;
    loop._addEndpoint(this);
  }

  enter(): void {
    if (this.queued || this.isSpent || this._loop.isClosed()) return;
    this.queued = true;
    this._loop._enqueue(this);
  }

  override cancel(): void {
    super.cancel();
    this._loop._removeEndpoint(this);
  }

  /** @internal */
  override _step(): void {
    this.queued = false;
    const { readiness } = this;
    // Somebody may have taken it in the meantime.
    if (this._cancelled || !readiness.isReady()) return;
    if (readiness.isOver()) {
      this.isSpent = true;
      this._loop._removeEndpoint(this);
    }
    try {
      super._step();
    } finally {
      readiness._changed();
    }
  }

  /** @internal */
  _onLoopClosed(): void {
    this.readiness.removeCallback(this._loop as EventLoop);
  }
}
