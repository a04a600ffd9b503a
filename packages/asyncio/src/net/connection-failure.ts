import { makeSystemError, systemError } from "../loop/system-errors.ts";

/** What the runtimes report of a socket that the program has closed while something was being written. */
const CLOSED_HERE: ReadonlySet<unknown> = new Set(["ECANCELED", "ERR_SOCKET_CLOSED", "ERR_STREAM_DESTROYED"]);

/** The error for a socket that has failed with `error`, an error of the runtime's. */
export function connectionFailure(error: unknown): unknown {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return CLOSED_HERE.has(code) ? makeSystemError("EBADF", undefined, { cause: error }) : systemError(error);
}
