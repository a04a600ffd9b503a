import { nodeProcess } from "../host/globals.ts";
import { OSError } from "../loop/os-error.ts";

const { platform } = (nodeProcess ?? {}) as { readonly platform?: string };
/** How many bytes the system's address of a Unix socket takes. */
const LONGEST = platform === "win32" ? Infinity : platform === "linux" || platform === "android" ? 107 : 103;

/** Throws Python's `OSError` for a path that is too long. Node 20 would cut it off and use another file. */
export function checkUnixPath(path: string): void {
  if (new TextEncoder().encode(path).length > LONGEST) throw new OSError("AF_UNIX path too long", { path });
}
