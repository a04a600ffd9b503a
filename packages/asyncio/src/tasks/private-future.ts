import type { EventLoop } from "./event-loop.ts";
import { Future } from "./future.ts";

/** A future that one coroutine makes and waits for itself: a cancellation of its task may always end it. */
export class PrivateFuture<T> extends Future<T> {
  override get _private(): boolean {
    return true;
  }

  /** @internal */
  override _repr(): string {
    return super._repr().replace(/^<\w+/, "<Future");
  }
}

/** A private future that is settled when others end. */
export class FollowingFuture<T> extends PrivateFuture<T> {
  private readonly followed: Iterable<Future<unknown>>;

  constructor(loop: EventLoop, followed: Iterable<Future<unknown>>) {
    super(loop);
    this.followed = followed;
  }

  override _follows(): readonly Future<unknown>[] {
    return [...this.followed];
  }
}

/** One that a cancelled cancel scope does not end: the end of what a coroutine has to wait for. */
export class EndFuture extends FollowingFuture<void> {
  override get _outlastsScopes(): boolean {
    return true;
  }
}
