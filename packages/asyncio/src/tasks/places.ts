import { taskHere } from "./ambient.ts";
import type { Future } from "./future.ts";

/** How many running loops want coroutines, futures and waits to remember where they were made (debug mode, test loops). */
export const places: { wanted: number } = { wanted: 0 };

/** Where coroutines and futures were made, while some loop wants to know. */
export const madeAt: WeakMap<object, string[]> = new WeakMap();

/** Where tests and debug mode are on: remembers the frames that lead to this wait. */
export function notePlace(future: Future<unknown>): void {
  taskHere()?._notePlace(future);
}
