import { EventLoop } from "../tasks/event-loop.ts";
import type { Future } from "../tasks/future.ts";
import type { OpenWait } from "../tasks/open-waits.ts";
import { seededRandom } from "./random.ts";
import { VirtualHost } from "./virtual-host.ts";

export interface TestLoopOptions {
  /** Run the handles of each iteration in an order drawn from this seed; default: first in, first out. */
  readonly seed?: number;
}

/**
 * An event loop on a virtual clock: time starts at 0 and jumps to the next timer when nothing is ready, so that an
 * hour's retries take a millisecond. A program that waits for nothing that could happen fails as a deadlock. Reports
 * name the line of code they are about, as in debug mode.
 */
export class TestLoop extends EventLoop {
  /** How many iterations the loop has begun. */
  iteration: number = 0;
  /** @internal */
  override readonly _outsideWaits: Set<Future<unknown>> = new Set();
  private readonly random: (() => number) | null;
  private readonly chance: () => number;

  constructor(options: TestLoopOptions = {}) {
    super(new VirtualHost({ isAsleep: () => this._isAsleep, waitsOutside: () => this.waitsOutside() }));
    this.random = options.seed === undefined ? null : seededRandom(options.seed);
    this.chance = seededRandom(options.seed ?? 0);
    this._keepsPlaces = true;
  }

  /** @internal */
  override _random(): number {
    return this.chance();
  }

  override setDebug(enabled: boolean): void {
    super.setDebug(enabled);
    this._keepsPlaces = true;
  }

  /** Test loops keep all places. @internal */
  override _stopKeepingPlaces(): void {}

  /** @internal */
  override _orderTick(count: number): void {
    if (count === 0) return; // Woken to look around: no iteration of asyncio's.
    this.iteration++;
    if (this.random === null) return;
    for (let i = count - 1; i > 0; i--) this._ready.swap(i, Math.floor(this.random() * (i + 1)));
  }

  private waitsOutside(): boolean {
    if (this._openEndpoints > 0 || this._foreignAwaits > 0) return true;
    for (const future of this._outsideWaits) {
      if (isAwaited(future)) return true;
      this._outsideWaits.delete(future); // Until somebody waits for it again.
    }
    return false;
  }
}

/** Whether a pending task waits for the future, and not only a callback. */
function isAwaited(future: Future<unknown>): boolean {
  if (future.done()) return false;
  const { _callbacks: callbacks } = future;
  const items = (Array.isArray(callbacks) ? callbacks : [callbacks]) as readonly Partial<OpenWait>[];
  return items.some((item) => item?._waiter === future && !item._task!.done());
}
