import type { Trace } from "../loop/stack.ts";

/** How many running loops want coroutines, futures and waits to remember where they were made (debug mode, test loops). */
export const places: { wanted: number } = { wanted: 0 };
/** Where coroutines and futures were made, while some loop wants to know. */
export const madeAt: WeakMap<object, Trace> = new WeakMap();
/** Where native code awaited them last; also by the wait itself, since several tasks may await one future. */
export const awaitedAt: WeakMap<object, Trace> = new WeakMap();
