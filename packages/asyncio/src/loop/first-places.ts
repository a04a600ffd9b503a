import { globals } from "../host/globals.ts";
import { captureStack, type Trace } from "./stack.ts";

/**
 * The first places of a process can be kept outside of debug mode, too, so that the mistakes of a small program are
 * reported with their lines and a large one is not slowed down: `ASYNCIO_TS_PLACES=1000`, which `npm start` sets.
 */
export const firstPlaces: { left: number; readonly loops: Set<{ _stopKeepingPlaces(): void }> } = {
  left: Number(globals.process?.env?.["ASYNCIO_TS_PLACES"] ?? 0) || 0,
  loops: new Set(),
};

/** The frames that lead to this place; counts among the first ones. */
export function takePlace(): Trace {
  if (firstPlaces.left > 0 && --firstPlaces.left === 0) {
    for (const loop of firstPlaces.loops) loop._stopKeepingPlaces();
    firstPlaces.loops.clear();
  }
  return captureStack();
}
