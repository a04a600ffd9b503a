import type { Runnable } from "../loop/runnable.ts";
import { PrivateFuture } from "./private-future.ts";

/** A private future that something else than the loop settles: a promise, an emitter, a callback. */
export class OutsideFuture<T> extends PrivateFuture<T> {
  override get _isOutside(): boolean {
    return true;
  }

  override _addCallback(item: Runnable): void {
    this._loop._outsideWaits?.add(this);
    super._addCallback(item);
  }
}
