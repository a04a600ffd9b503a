/**
 * The methods of the event loop that need sockets and processes. The loop itself stands on a lower floor and in every
 * browser's bundle; these are added to it where the package is imported, but for browsers, whose bundlers take
 * `no-loop-methods.ts` instead (the field `browser` of package.json).
 */
import { EventLoop } from "../tasks/event-loop.ts";

declare module "../tasks/event-loop.ts" {
  interface EventLoop {}
}

const methods: Partial<EventLoop> & ThisType<EventLoop> = {};

for (const [name, value] of Object.entries(methods)) {
  Object.defineProperty(EventLoop.prototype, name, { value, writable: true, configurable: true });
}
