import { running } from "../loop/running.ts";
import type { Timer } from "../loop/timer-heap.ts";
import type { EventLoop } from "../tasks/event-loop.ts";

/** The entry of a scope's deadline in the loop's timer heap; one that is due already goes to the ready queue, as in asyncio. */
export class Deadline implements Timer {
  _cancelled: boolean;
  _scheduled: boolean;
  private readonly scope: { _expire(): void };
  private readonly loop: EventLoop;

  constructor(scope: { _expire(): void }, loop: EventLoop, when: number) {
    this._cancelled = false;
    this._scheduled = false;
    this.scope = scope;
    this.loop = loop;
    if (when <= loop.time()) loop._enqueue(this);
    else loop._addTimer(when, this);
  }

  cancel(): void {
    this._cancelled = true;
    if (this._scheduled) this.loop._timers.noteCancelled();
  }

  _run(): void {
    if (this._cancelled) return;
    running.task = null;
    this.scope._expire();
  }
}
