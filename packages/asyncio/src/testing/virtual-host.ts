import { host as realHost } from "../host/detect.ts";
import type { Host } from "../host/host.ts";

/** What the clock must know of its loop before it may jump. */
export interface Idle {
  /** Nothing is ready, nor about to be. */
  isAsleep(): boolean;
  /** Some task waits for what is not the loop's, a promise or an emitter: only real time will tell. */
  waitsOutside(): boolean;
}

/** So many milliseconds of real time may a promise of the outside take before the clock jumps all the same. */
const OUTSIDE_GRACE_SECONDS = 0.05;

/**
 * A clock that stands at 0 and jumps to the next timer whenever nothing is ready. While native code waits for a promise
 * of the outside (a file, a socket), it lets a moment of real time pass first: a jump would time out whatever is in
 * flight. Without a timer, and nothing outside to wait for, the loop is stranded: a deadlock.
 */
export class VirtualHost implements Host {
  readonly name: string = "virtual";
  readonly throwCheaply: ((callback: () => void) => void) | null = realHost.throwCheaply;
  readonly drainMicrotasks: (() => void) | null = realHost.drainMicrotasks;
  private readonly idle: Idle;
  private time: number = 0;
  private stranded: (() => void) | null = null;

  constructor(idle: Idle) {
    this.idle = idle;
  }

  now(): number {
    return this.time;
  }

  soon(callback: () => void): void {
    realHost.soon(callback);
  }

  macrotask(callback: () => void): void {
    realHost.macrotask(callback);
  }

  afterMicrotasks(callback: () => void): void {
    realHost.afterMicrotasks(callback);
  }

  setTimer(when: number, callback: () => void): unknown {
    const sleep = { cancelled: false, real: null as unknown };
    // Promises that are settled already may still make something ready.
    const look = (): void => {
      if (sleep.cancelled) return;
      if (!this.idle.isAsleep()) return realHost.macrotask(look); // They have: the loop runs first.
      if (!this.idle.waitsOutside()) return this.jump(when, callback);
      realHost.macrotask(() => this.waitOutside(sleep, when, callback));
    };
    realHost.afterMicrotasks(look);
    return sleep;
  }

  private waitOutside(sleep: { cancelled: boolean; real: unknown }, when: number, callback: () => void): void {
    if (sleep.cancelled || when === Infinity) return;
    sleep.real = realHost.setTimer(realHost.now() + OUTSIDE_GRACE_SECONDS, () => {
      if (!sleep.cancelled) this.jump(when, callback);
    });
  }

  private jump(when: number, callback: () => void): void {
    if (when === Infinity) return this.stranded?.();
    this.time = Math.max(this.time, when);
    callback();
  }

  clearTimer(timer: unknown): void {
    const sleep = timer as { cancelled: boolean; real: unknown };
    sleep.cancelled = true;
    if (sleep.real !== null) realHost.clearTimer(sleep.real);
  }

  whenStranded(callback: () => void): () => void {
    this.stranded = callback;
    const withdraw = realHost.whenStranded(callback);
    return () => {
      this.stranded = null;
      withdraw();
    };
  }
}
