import { globals } from "../host/globals.ts";
import { repr } from "./repr.ts";
import { withShortStacks } from "./short-stacks.ts";

/** What an exception handler is told: asyncio's keys, in camelCase. */
export interface ExceptionContext {
  readonly message: string;
  readonly exception?: unknown;
  readonly future?: unknown;
  readonly task?: unknown;
  readonly handle?: unknown;
  readonly protocol?: unknown;
  readonly transport?: unknown;
  readonly socket?: unknown;
  /** Debug mode: where the object was made, innermost frame first. */
  readonly sourceTraceback?: readonly string[];
  /** Otherwise, of a coroutine that nobody awaited: `file:line` of its function. */
  readonly definedAt?: string;
  readonly [key: string]: unknown;
}

// biome-ignore lint/suspicious/noExplicitAny: a handler may declare the loop class it expects
export type ExceptionHandler = (loop: any, context: ExceptionContext) => void;

/**
 * Prints a report as asyncio's logger does. An error's stack ends with the program's own frames: those of the loop that
 * called it say nothing, unless `whole` is asked for.
 */
export function defaultExceptionHandler(context: ExceptionContext, whole: boolean): void {
  const lines = [context.message === "" ? "Unhandled exception in event loop" : context.message];
  for (const key of Object.keys(context).sort()) {
    if (key === "message" || key === "exception") continue;
    const value = context[key];
    if (key === "sourceTraceback")
      lines.push("Object created at (innermost call first):", ...indent(value as string[]));
    else lines.push(`${key}: ${repr(value)}`);
  }
  const text = lines.join("\n");
  if (context.exception === undefined) globals.console.error(text);
  else if (whole) globals.console.error(text, "\n", context.exception);
  else withShortStacks(context.exception, () => globals.console.error(text, "\n", context.exception));
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `    at ${line}`);
}
