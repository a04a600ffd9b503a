import { taskHere } from "./ambient.ts";
import type { Future } from "./future.ts";

/** Where tests and debug mode are on: remembers the frames that lead to this wait. */
export function notePlace(future: Future<unknown>): void {
  taskHere()?._notePlace(future);
}
