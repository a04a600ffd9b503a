import { globals } from "./globals.ts";
import type { Host } from "./host.ts";
import { toMilliseconds } from "./node.ts";

const { performance } = globals;
const setTimeout = globals.setTimeout.bind(globals);
const clearTimeout = globals.clearTimeout.bind(globals);

/**
 * Browsers and web workers. There is no "microtasks are drained" hook, so the end of a native step is the next
 * macrotask: dearer than on Node, equally exact. One shared MessageChannel (a new one per hop costs twice as much);
 * `setTimeout(0)` would be clamped to 4 ms.
 */
export function createBrowserHost(): Host {
  const macrotask = messageChannelHop() ?? ((callback: () => void): void => void setTimeout(callback, 0));
  return {
    name: "browser",
    now: () => performance.now() / 1000,
    soon: (callback) => void Promise.resolve().then(callback),
    macrotask,
    throwCheaply: null,
    drainMicrotasks: null,
    afterMicrotasks: macrotask,
    setTimer: (when, callback) =>
      when === Infinity ? null : setTimeout(callback, toMilliseconds(when - performance.now() / 1000)),
    clearTimer: clearTimeout,
    // A page never ends by itself: some event may still come.
    whenStranded: () => () => {},
  };
}

function messageChannelHop(): ((callback: () => void) => void) | null {
  if (globals.MessageChannel === undefined) return null;
  const { port1, port2 } = new globals.MessageChannel();
  const queue: (() => void)[] = [];
  port1.onmessage = () => queue.shift()!();
  return (callback) => {
    queue.push(callback);
    port2.postMessage(null);
  };
}
