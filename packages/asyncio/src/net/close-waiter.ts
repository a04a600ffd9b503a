import { ParkingLot, Waiter } from "../sync/parking-lot.ts";
import { PromptCoroutine } from "../sync/prompt-coroutine.ts";
import type { Coroutine } from "../tasks/coroutine.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { Step } from "../tasks/stepped-coroutine.ts";

/**
 * The end of a connection, for any number of tasks that wait for it. asyncio has one future for all of them, which a
 * cancellation of one ends for the others.
 */
export class CloseWaiter {
  /** @internal */ readonly _loop: EventLoop;
  /** Null until it is closed; then whether anybody was told of the error, too. @internal */
  _closed: { readonly error: unknown; seen: boolean } | null = null;
  /** @internal */ readonly _lot: ParkingLot = new ParkingLot(this);

  constructor(loop: EventLoop) {
    this._loop = loop;
  }

  /** The connection is lost; a second call changes nothing. */
  close(error: unknown): void {
    if (this._closed !== null) return;
    this._closed = { error: error ?? null, seen: false };
    this._lot.unparkMany(Infinity);
  }

  /** Waits for it. Throws the error that the connection was lost with. Whoever waits keeps `stream` from being abandoned. */
  wait(stream: object): Coroutine<void> {
    return new WaitClosed(this, stream);
  }
}

class WaitClosed extends PromptCoroutine<void> {
  private readonly closing: CloseWaiter;
  protected readonly stream: object;

  constructor(closing: CloseWaiter, stream: object) {
    super();
    this.closing = closing;
    this.stream = stream;
  }

  get name(): string {
    return "waitClosed";
  }

  protected override isReady(): boolean {
    return this.closing._closed !== null;
  }

  protected override attempt(): Step<void> {
    const { _closed: closed, _lot: lot, _loop: loop } = this.closing;
    if (closed === null) return this.park(lot, new Waiter(loop));
    if (closed.error === null) return this.over(undefined);
    closed.seen = true;
    throw closed.error;
  }

  protected override woken(): Step<void> {
    return this.attempt();
  }

  protected override lost(): void {}
}
