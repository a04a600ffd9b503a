import { globals } from "../host/globals.ts";
import { repr } from "./repr.ts";

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
  readonly [key: string]: unknown;
}

// biome-ignore lint/suspicious/noExplicitAny: a handler may declare the loop class it expects
export type ExceptionHandler = (loop: any, context: ExceptionContext) => void;

/** Prints a report as asyncio's logger does. */
export function defaultExceptionHandler(context: ExceptionContext): void {
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
  else globals.console.error(text, "\n", context.exception);
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `    at ${line}`);
}
