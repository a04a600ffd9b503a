import { isCancelled } from "../loop/errors.ts";
import { runningLoopOrNull } from "../tasks/default-loop.ts";

/** So far back a chain is searched for a circle; 100,000 callbacks that all fail must stay linear. */
const MOST_CAUSES = 1000;

/**
 * `error` was thrown while `earlier` was being handled: the end of its chain of causes names the earlier one, as
 * Python's `__context__` does. What cannot carry a cause (a string, a frozen object) would lose it; it is reported.
 */
export function keepEarlier(error: unknown, earlier: unknown): void {
  let last = error;
  for (let depth = 0; ; depth++) {
    if (last === earlier || depth === MOST_CAUSES) return;
    const cause = causeOf(last);
    if (cause === undefined) break;
    last = cause;
  }
  if (namesAlready(earlier, last)) return;
  if (last instanceof Error && Reflect.defineProperty(last, "cause", { ...hidden, value: earlier })) return;
  if (isCancelled(earlier)) return;
  runningLoopOrNull()?.callExceptionHandler({
    message: "An error was replaced by one that cannot name it as its cause",
    exception: earlier,
  });
}

const hidden = { configurable: true, enumerable: false, writable: true } as const;

function causeOf(error: unknown): unknown {
  return error instanceof Error ? (error.cause ?? undefined) : undefined;
}

/** Whether a link to `error` would close a circle. */
function namesAlready(error: unknown, other: unknown): boolean {
  let at = causeOf(error);
  for (let depth = 0; at !== undefined && depth < MOST_CAUSES; depth++) {
    if (at === other) return true;
    at = causeOf(at);
  }
  return false;
}
