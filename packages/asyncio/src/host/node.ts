import { drainMicrotasks } from "./drain.ts";
import { globals, nodeProcess } from "./globals.ts";
import { type Host, LONGEST_TIMER_MS } from "./host.ts";

const { performance } = globals;
const setTimeout = globals.setTimeout.bind(globals);
const clearTimeout = globals.clearTimeout.bind(globals);
const settled = Promise.resolve();

/**
 * Node, Bun and Deno: `process.nextTick` callbacks run when the microtask queue is empty, provided they were queued
 * *from a microtask*; queued from inside another nextTick callback they would run before the microtasks.
 * Deno's `setImmediate` was slow or blocked behind timers in some versions (deno#28016, #31642); the present one is not.
 */
export function createNodeHost(name: string): Host {
  const process = nodeProcess!;
  const setImmediate = globals.setImmediate!.bind(globals);
  let queued: () => void = noop;
  const onDrained = (): void => queued();
  const armDrained = (): void => process.nextTick(onDrained);
  return {
    name,
    now: () => performance.now() / 1000,
    soon: (callback) => process.nextTick(callback),
    macrotask: (callback) => void setImmediate(callback),
    throwCheaply: name === "bun" ? null : globals.queueMicrotask.bind(globals),
    drainMicrotasks,
    afterMicrotasks(callback) {
      // Almost always one loop asks, with the same callback; several loops need closures of their own.
      if (queued === callback || queued === noop) {
        queued = callback;
        void settled.then(armDrained);
      } else {
        void settled.then(() => process.nextTick(callback));
      }
    },
    setTimer: (when, callback) =>
      when === Infinity ? null : setTimeout(callback, toMilliseconds(when - performance.now() / 1000)),
    clearTimer: clearTimeout,
    whenStranded(callback) {
      process.on("beforeExit", callback);
      return () => void process.off("beforeExit", callback);
    },
  };
}

/** Rounded up, so that a timer is never early and a tiny delay does not make the loop spin. */
export function toMilliseconds(seconds: number): number {
  return Math.min(Math.max(Math.ceil(seconds * 1000), 0), LONGEST_TIMER_MS);
}

function noop(): void {}
