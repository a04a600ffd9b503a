import { isCancelled } from "../loop/errors.ts";
import { runningLoopOrNull } from "../tasks/default-loop.ts";

/** Errors that are the cause of another by our doing: only these can be deep in a chain that we have made. */
const linked = new WeakSet<object>();
/** So far back other chains are looked at for a circle. */
const MOST_CAUSES = 100;
const LONGEST = 100_000;

/**
 * `error` was thrown while `earlier` was being handled: the end of its chain of causes names the earlier one, as
 * Python's `__context__` does. What cannot carry a cause (a string, a frozen object) would lose it; it is reported.
 */
export function keepEarlier(error: unknown, earlier: unknown): void {
  let last = error;
  let depth = 0;
  for (let cause = causeOf(last); last !== earlier && cause !== undefined; cause = causeOf(last)) {
    if (++depth > LONGEST) return; // A circle of the user's own.
    last = cause;
  }
  if (last === earlier || hasCause(earlier, last)) return;
  if (last instanceof Error && Reflect.defineProperty(last, "cause", { ...hidden, value: earlier })) {
    if (earlier instanceof Error) linked.add(earlier);
    return;
  }
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

/** Whether a link from `other` to `error` would close a circle. */
function hasCause(error: unknown, other: unknown): boolean {
  const most = typeof other === "object" && other !== null && linked.has(other) ? LONGEST : MOST_CAUSES;
  let at = causeOf(error);
  for (let depth = 0; at !== undefined && depth < most; depth++) {
    if (at === other) return true;
    at = causeOf(at);
  }
  return false;
}
