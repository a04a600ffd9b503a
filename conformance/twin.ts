// What the twins share: printing as Python prints, showing errors under Python's names, counting iterations.

import type { CoroutineGenerator } from "asyncio-ts";

export type Print = (...values: unknown[]) => void;

/** A twin runs in one or both kinds of coroutine, or drives a loop by hand. */
export interface Twin {
  readonly native?: (print: Print) => Promise<void>;
  readonly generator?: (print: Print) => CoroutineGenerator<void>;
  readonly program?: (print: Print) => Promise<void>;
}

export interface Pair {
  readonly name: string;
  readonly twin: Twin;
  /** What CPython printed. */
  readonly expected: string;
}

/** A `print` that collects its lines, and the text that came together. */
export function recorder(): { print: Print; text: () => string } {
  let text = "";
  return {
    print: (...values) => {
      text += `${values.map((value) => (typeof value === "string" ? value : repr(value))).join(" ")}\n`;
    },
    text: () => text,
  };
}

function repr(value: unknown): string {
  if (value === null || value === undefined) return "None";
  if (value === true) return "True";
  if (value === false) return "False";
  if (typeof value === "string") return quote(value);
  if (Array.isArray(value)) return `[${value.map(repr).join(", ")}]`;
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  throw new TypeError(`Python would not print this value the same way: ${String(value)}`);
}

function quote(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  return mark + text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll(mark, `\\${mark}`) + mark;
}

/** The name that Python's counterpart of this error's class has. */
export function kind(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const name = error.constructor.name;
  return name === "RangeError" ? "ValueError" : name;
}

/** The error as `Kind: message`, a group with its members. */
export function show(error: unknown): string {
  if (!(error instanceof Error)) return `not an error: ${String(error)}`;
  if (error instanceof AggregateError) {
    const message = error.message.replace(/ \(\d+ sub-exceptions?\)$/, "");
    return `${kind(error)}: ${message} [${error.errors.map(show).join(", ")}]`;
  }
  return error.message === "" ? kind(error) : `${kind(error)}: ${error.message}`;
}

/** What stands in the brackets of a lock's or queue's representation. */
export function state(thing: object): string {
  return String(thing).replace(/^[^[]*\[|\]>$/g, "");
}

/** The error, and those that it was thrown during. */
export function chain(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return [show(error), ...(cause === undefined ? [] : [chain(cause)])].join(" < ");
}

/**
 * Counts the loop's iterations from the next one (1) on, first thing in each of them, up to the limit.
 * While it counts the loop is never idle, so timers have to wait until it has ended.
 */
export function ticks(loop: { callSoon(callback: () => void): unknown }, limit = 20): () => number {
  let count = 0;
  const step = (): void => {
    count += 1;
    if (count < limit) loop.callSoon(step);
  };
  loop.callSoon(step);
  return () => count;
}
