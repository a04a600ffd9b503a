import { Future } from "./future.ts";

/** A future that one coroutine makes and waits for itself: a cancellation of its task may always end it. */
export class PrivateFuture<T> extends Future<T> {
  override get _private(): boolean {
    return true;
  }

  /** @internal */
  override _repr(): string {
    return super._repr().replace(/^<PrivateFuture/, "<Future");
  }
}

/** A private future that a cancelled cancel scope does not end: the end of what a coroutine has to wait for. */
export class EndFuture extends PrivateFuture<void> {
  override get _outlastsScopes(): boolean {
    return true;
  }
}
