/** The error of what an AbortSignal has stopped: `name` and `code` are Node's, the `cause` is the signal's reason. */
export function abortError(signal: AbortSignal): Error {
  const error = new Error("The operation was aborted", { cause: signal.reason });
  return Object.assign(error, { name: "AbortError", code: "ABORT_ERR" });
}

/** Whether a promise that an AbortSignal was to stop has rejected for that reason, and for no other. */
export function comesOfAbort(error: unknown, reason: unknown): boolean {
  if (error === reason) return true;
  if (typeof error !== "object" || error === null) return false;
  const { name, cause } = error as { readonly name?: unknown; readonly cause?: unknown };
  return cause === reason || name === "AbortError" || name === "CanceledError";
}
