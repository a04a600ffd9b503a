import { globals } from "../host/globals.ts";
import { repr } from "./repr.ts";
import type { Runnable } from "./runnable.ts";

/** Watches every handle that runs. One is used by debug mode; instruments may set their own. */
export interface Monitor {
  before(item: Runnable): void;
  /** Called when the step is over, for native coroutines when their microtasks are. */
  after(item: Runnable, seconds: number): void;
}

/** Debug mode's: reports what blocks the loop. */
export function slowCallbackMonitor(loop: { readonly slowCallbackDuration: number }): Monitor {
  return {
    before: () => {},
    after(item, seconds) {
      if (seconds >= loop.slowCallbackDuration) {
        globals.console.warn(`Executing ${repr(item)} took ${seconds.toFixed(3)} seconds`);
      }
    },
  };
}
