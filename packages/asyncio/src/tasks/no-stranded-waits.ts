import type { StrandedWaits as Searching } from "./stranded-waits.ts";

/** Stands in for `stranded-waits.ts` in browsers, where the heap cannot be looked at: see `browser` in package.json. */
export class StrandedWaits implements Pick<Searching, "check"> {
  check(): void {}
}
