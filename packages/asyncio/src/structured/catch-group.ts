import { type ErrorClass, ExceptionGroup } from "./exception-group.ts";

/** One `except*` clause: the class (or classes) it is for, and what to do with the group of the errors that match. */
export type GroupHandler = [errorClass: ErrorClass | readonly ErrorClass[], handler: (group: ExceptionGroup) => void];

/**
 * Handles an error as Python's `except*` does: each handler gets a group of the members of its class, in order; what no
 * handler takes is thrown again, and so is, in one group, what the handlers throw. An error that is no group counts as a
 * group of one; unhandled, it is thrown again as it is.
 */
export function catchGroup(error: unknown, ...handlers: GroupHandler[]): void {
  let rest: ExceptionGroup | null = error instanceof ExceptionGroup ? error : new ExceptionGroup("", [error]);
  let handled = false;
  const raised: unknown[] = [];
  const reraised: unknown[] = [];
  for (const [errorClass, handler] of handlers) {
    if (rest === null) break;
    const classes = Array.isArray(errorClass) ? errorClass : [errorClass as ErrorClass];
    // Only members are asked for their class: `except* ExceptionGroup` would be a mistake in Python, too.
    const [matching, others]: [ExceptionGroup | null, ExceptionGroup | null] = rest.split(
      (each) => !(each instanceof ExceptionGroup) && classes.some((one) => each instanceof one),
    );
    if (matching === null) continue;
    handled = true;
    rest = others;
    try {
      handler(matching);
    } catch (thrown) {
      if (thrown === matching) reraised.push(...leaves(matching));
      else raised.push(thrown);
    }
  }
  if (!handled) throw error;
  const remaining = remainder(error, rest, reraised);
  if (raised.length > 0) throw new ExceptionGroup("", remaining === null ? raised : [...raised, remaining]);
  if (remaining !== null) throw remaining;
}

/** What is thrown again: the unhandled and the rethrown members, in the nesting of the original. */
function remainder(error: unknown, rest: ExceptionGroup | null, reraised: readonly unknown[]): ExceptionGroup | null {
  if (reraised.length === 0 || !(error instanceof ExceptionGroup)) {
    return rest ?? (reraised.length > 0 ? new ExceptionGroup("", reraised) : null);
  }
  const kept = new Set([...reraised, ...(rest === null ? [] : leaves(rest))]);
  return error.subgroup((each) => !(each instanceof ExceptionGroup) && kept.has(each));
}

function leaves(group: ExceptionGroup): unknown[] {
  return group.exceptions.flatMap((each) => (each instanceof ExceptionGroup ? leaves(each) : [each]));
}
