import { NotImplementedError } from "../loop/errors.ts";
import { repr } from "../loop/repr.ts";

/**
 * How processes are started. There is one way, `"spawn"`; `"fork"` and `"forkserver"` throw `NotImplementedError`: a
 * JavaScript engine cannot be copied with its memory. multiprocessing: `set_start_method()`.
 */
export function setStartMethod(method: string): void {
  if (method === "spawn") return;
  if (method === "fork" || method === "forkserver") {
    throw new NotImplementedError(
      `the start method '${method}' needs a copy of this process with its memory, which JavaScript cannot make: ` +
        "processes are spawned, pass them what they need as arguments of Process",
    );
  }
  throw new RangeError(`cannot find context for ${repr(method)}`);
}

/** See `setStartMethod`. */
export function getStartMethod(): "spawn" {
  return "spawn";
}

function noSharedMemory(name: string): never {
  throw new NotImplementedError(
    `${name}: JavaScript's processes cannot share memory. Use threads with asyncio-ts/threading (SharedArray, Value), ` +
      "a Manager (value, list, dict), or files",
  );
}

/** Throws `NotImplementedError`, which says what to use: processes share no memory here. */
export class SharedMemory {
  constructor() {
    noSharedMemory("SharedMemory");
  }
}

/** Throws `NotImplementedError`, which says what to use: processes share no memory here. */
export function RawArray(): never {
  return noSharedMemory("RawArray");
}

/** Throws `NotImplementedError`, which says what to use: processes share no memory here. */
export function RawValue(): never {
  return noSharedMemory("RawValue");
}
