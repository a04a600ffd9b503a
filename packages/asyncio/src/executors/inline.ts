import { uncloneableError } from "../border/uncloneable-error.ts";
import { repr } from "../loop/repr.ts";
import { WorkerTask } from "./worker-task.ts";

/**
 * A task for executors from the text of a function, which must use nothing but its arguments and what is global. The
 * first argument is `captures`, cloned when `inline()` is called; each worker has one copy of them for all its jobs:
 * `pool.submit(inline({ k: 3 }, ({ k }, x: number) => k * x), 14)`. Make it once, outside of loops.
 *
 * Throws `TypeError` for a function without a source, and for captures that cannot be cloned.
 */
export function inline<C, A extends unknown[], R>(
  captures: C,
  fn: (captures: C, ...args: A) => R,
): WorkerTask<A, Awaited<R>> {
  if (typeof fn !== "function") throw new TypeError(`inline() takes captures and a function, not ${repr(fn)}`);
  const source = asExpression(fn);
  return new WorkerTask({
    kind: "source",
    source,
    name: fn.name === "" ? "inline" : fn.name,
    captures: copy(captures),
  });
}

function copy(captures: unknown): unknown {
  try {
    return structuredClone(captures);
  } catch (cause) {
    throw uncloneableError(cause, captures, { root: "captures" });
  }
}

function asExpression(fn: (...args: never[]) => unknown): string {
  const text = Function.prototype.toString.call(fn);
  if (/\{\s*\[native code\]\s*\}$/.test(text)) {
    throw new TypeError(`inline() needs a function with a source, ${repr(fn)} has none (it is native, or bound)`);
  }
  if (/^class\b/.test(text)) throw new TypeError("inline() takes a function, not a class");
  // The text of a method is no expression by itself.
  for (const candidate of [`(${text})`, `Object.values({${text}})[0]`]) {
    if (isExpression(candidate)) return candidate;
  }
  throw new TypeError(`inline() cannot ship the source of ${repr(fn)}`);
}

/** Where code must not be made from text (a policy forbids it), the worker will tell. */
function isExpression(text: string): boolean {
  try {
    new Function(`return ${text}`);
    return true;
  } catch (error) {
    return !(error instanceof SyntaxError);
  }
}
