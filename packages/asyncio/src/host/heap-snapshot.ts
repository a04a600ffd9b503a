import { builtin, isBun } from "./globals.ts";
import { type HeapGraph, type KindOf, SnapshotReader } from "./snapshot-reader.ts";

interface V8Module {
  getHeapSnapshot(): { push(chunk: Uint8Array | null): boolean; read(size: number): unknown };
  getHeapStatistics(): { readonly used_heap_size: number };
}

/** Bun's heap is JavaScriptCore's. */
const v8 = isBun ? undefined : builtin<V8Module>("v8");

/** Whether this runtime's heap can be looked at: Node's and Deno's can. */
export const canTakeSnapshots: boolean = typeof v8?.getHeapSnapshot === "function";

/** How much of the heap is in use, in bytes. */
export function heapSize(): number {
  return v8!.getHeapStatistics().used_heap_size;
}

/**
 * Collects garbage and looks at what is left. Everything stands still meanwhile: for some 50 ms with each MB of the heap,
 * most of it in V8. See `SnapshotReader` for the arguments.
 */
export function takeSnapshot(beginnings: string, kindOf: KindOf): HeapGraph {
  const reader = new SnapshotReader(beginnings, kindOf);
  const stream = v8!.getHeapSnapshot();
  // At its first read the stream writes everything, and would keep it: ten times what is kept here.
  stream.push = (chunk) => {
    if (chunk !== null) reader.write(chunk);
    return true;
  };
  stream.read(0);
  return reader.end();
}
