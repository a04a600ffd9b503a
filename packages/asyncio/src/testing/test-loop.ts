import { EventLoop } from "../tasks/event-loop.ts";
import { inForeignAwait } from "../tasks/native-step.ts";
import { waitsFor } from "../tasks/open-waits.ts";
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
    if (this._openEndpoints > 0) return true;
    for (const task of this._tasks) {
      if (inForeignAwait(task) || waitsFor(task).some((future) => future._isOutside)) return true;
    }
    return false;
  }
}
