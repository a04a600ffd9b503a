import { PromptCoroutine } from "../sync/prompt-coroutine.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { Step } from "../tasks/stepped-coroutine.ts";
import type { Readiness } from "./readiness.ts";

/**
 * Takes something from a socket as soon as it is there: at once, if nobody waits for it, otherwise when its turn has come.
 * It holds nothing while it waits, so that a cancellation loses nothing.
 */
export abstract class TakingCoroutine<T, R extends Readiness> extends PromptCoroutine<T> {
  private readonly loop: EventLoop;
  private source: R | null = null;

  constructor(loop: EventLoop) {
    super();
    this.loop = loop;
  }

  /** Checks what it was called with, and gives what it takes from. */
  protected abstract open(): R;
  /** Null when there is nothing yet. */
  protected abstract take(source: R): { readonly value: T } | null;

  protected override isReady(): boolean {
    try {
      this.source ??= this.open();
    } catch {
      return true; // `attempt` throws it again.
    }
    return this.source.isReady() && !this.source.isAwaited;
  }

  protected override attempt(): Step<T> {
    this.source ??= this.open();
    if (this.source.isAwaited) return this.park(this.source._lot, this.source._makeWaiter(this.loop));
    return this.takeOrPark(this.source);
  }

  protected override woken(): Step<T> {
    const source = this.source!;
    source._answered();
    try {
      return this.takeOrPark(source);
    } finally {
      source._changed();
    }
  }

  private takeOrPark(source: R): Step<T> {
    const taken = this.take(source);
    if (taken !== null) return this.over(taken.value);
    const step = this.park(source._lot, source._makeWaiter(this.loop));
    source._changed();
    return step;
  }

  protected override lost(wasWoken: boolean): void {
    if (wasWoken) this.source!._answered();
    this.source!._changed();
  }
}
