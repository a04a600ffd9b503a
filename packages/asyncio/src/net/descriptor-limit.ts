import { builtin } from "../host/globals.ts";
import { systemError } from "../loop/system-errors.ts";
import type { NodeSocket } from "./node.ts";

interface FileSystem {
  openSync(path: string, flags: string): number;
  closeSync(fd: number): void;
}

/** The highest descriptor of an accepted connection so far. */
let highest = 0;

/**
 * The error of a process that has no descriptor left after this connection; null while it has. Node accepts what comes
 * then, closes it, and tells nobody. Descriptors are given lowest first: only one that is as high as any before can be
 * the last, so that almost no connection costs the look.
 */
export function descriptorsExhausted(socket: NodeSocket): unknown {
  const fd = (socket as { readonly _handle?: { readonly fd?: unknown } | null })._handle?.fd;
  if (typeof fd !== "number" || fd < highest) return null;
  highest = fd;
  const fs = builtin<FileSystem>("fs");
  try {
    const probe = fs?.openSync("/dev/null", "r");
    if (probe !== undefined) fs!.closeSync(probe);
    return null;
  } catch (error) {
    const { code } = error as { readonly code?: unknown };
    return code === "EMFILE" || code === "ENFILE" ? systemError(error) : null;
  }
}
