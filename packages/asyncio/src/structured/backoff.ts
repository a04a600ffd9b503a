import { type Delay, toSeconds } from "../loop/delay.ts";
import { repr } from "../loop/repr.ts";

export interface BackoffOptions {
  /** The first pause. */
  readonly delay?: Delay;
  /** By how much each pause is longer than the one before; default 2, at least 1. */
  readonly factor?: number;
  /** The longest pause; default 30 s. */
  readonly maxDelay?: Delay;
  /**
   * How much of a pause is left to chance, so that many who failed together do not come back together. `"full"`
   * (default): anything between nothing and the pause; `"equal"`: between half of it and all; `"none"`.
   */
  readonly jitter?: "full" | "equal" | "none";
  /** Numbers in [0, 1) for the jitter; default: the loop's, which are `Math.random`'s, and seeded on a `TestLoop`. */
  readonly random?: () => number;
}

/**
 * Pauses that grow exponentially up to a limit, with jitter. "Full jitter" needs the least work and nearly the least time
 * until all of many competitors are through (M. Brooker, "Exponential Backoff And Jitter", AWS, 2015).
 */
export class Backoff {
  private readonly delay: number;
  private readonly factor: number;
  private readonly maxDelay: number;
  private readonly jitter: "full" | "equal" | "none";
  private readonly random: (() => number) | null;

  /** Throws `RangeError` for a negative delay, a factor below 1, an unknown jitter. */
  constructor(options: BackoffOptions, defaultDelay: Delay) {
    const { delay = defaultDelay, factor = 2, maxDelay = 30, jitter = "full", random } = options;
    this.delay = notNegative(delay, "delay");
    this.maxDelay = notNegative(maxDelay, "maxDelay");
    if (!(factor >= 1 && factor < Infinity))
      throw new RangeError(`factor must be >= 1 and finite, got ${repr(factor)}`);
    if (jitter !== "full" && jitter !== "equal" && jitter !== "none") {
      throw new RangeError(`jitter must be "full", "equal" or "none", got ${repr(jitter)}`);
    }
    this.factor = factor;
    this.jitter = jitter;
    this.random = random ?? null;
  }

  /** Seconds of the pause after the `count`-th failure in a row (from 1). */
  pause(count: number, loop: { _random(): number }): number {
    if (this.delay === 0) return 0; // Nothing times a factor that has overflown is NaN.
    const whole = Math.min(this.delay * this.factor ** (count - 1), this.maxDelay);
    if (this.jitter === "none") return whole;
    const chance = this.random === null ? loop._random() : this.random();
    return this.jitter === "full" ? whole * chance : (whole + whole * chance) / 2;
  }
}

function notNegative(delay: Delay, name: string): number {
  const seconds = toSeconds(delay);
  if (seconds < 0) throw new RangeError(`${name} must be >= 0, got ${repr(delay)}`);
  return seconds;
}
