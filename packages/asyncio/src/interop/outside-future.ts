import { PrivateFuture } from "../tasks/private-future.ts";

/** A private future that something else than the loop settles: a promise, an emitter, a callback. */
export class OutsideFuture<T> extends PrivateFuture<T> {
  override get _isOutside(): boolean {
    return true;
  }

  /** @internal */
  override _repr(): string {
    return super._repr().replace(/^<\w+/, "<Future");
  }
}
