import { RuntimeError } from "../loop/errors.ts";
import { inspectCustom, repr } from "../loop/repr.ts";
import { running } from "../loop/running.ts";
import { getRunningLoop } from "../tasks/default-loop.ts";
import type { EventLoop } from "../tasks/event-loop.ts";

/**
 * What locks, queues and channels share: each belongs to the loop in which a task first had to wait for it, and is shown
 * with its state.
 */
export abstract class LoopBound {
  private boundTo: EventLoop | null = null;

  /** The running loop, to which this belongs from now on. Throws `RuntimeError` in any other. @internal */
  _bind(): EventLoop {
    const loop = (running.loop as EventLoop | null) ?? getRunningLoop();
    if (this.boundTo === null) this.boundTo = loop;
    else if (this.boundTo !== loop) throw new RuntimeError(`${repr(this)} is bound to a different event loop`);
    return loop;
  }

  /** What stands in the brackets: "locked, waiters:2". @internal */
  abstract _state(): string;

  /** @internal */
  _repr(): string {
    return `<${this.constructor.name} [${this._state()}]>`;
  }

  toString(): string {
    return this._repr();
  }

  /** @internal */
  [inspectCustom](): string {
    return this._repr();
  }
}
