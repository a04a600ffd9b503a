import { repr } from "../loop/repr.ts";
import { withoutOwnEnd } from "../loop/stack.ts";
import type { Border } from "./clone-kind.ts";
import { tagOf } from "./clone-kind.ts";
import { classKeys } from "./error-classes.ts";
import type { ErrorRecord, Field, ThrownRecord } from "./error-record.ts";
import { findUncloneable } from "./find-uncloneable.ts";

/** Reading a stack costs 300 µs where source maps are on: of more errors than this only the heads are passed. */
const MOST_STACKS = 100;
/** Runtimes clone by recursion; what is nested deeper in a property is passed as text. */
const MOST_NESTED = 500;

/**
 * Whatever was thrown, in a form that passes the border as it is. Class, message, `code`, `cause`, members and own
 * enumerable properties are kept; a property that cannot be cloned is replaced by a text that describes it. Never throws,
 * whatever getters do. Time and memory are linear, also for 100,000 causes.
 */
export function encodeError(thrown: unknown, border: Border = "thread"): ThrownRecord {
  return new Encoder(border).encode(thrown);
}

/** What is not passed as properties: they have places of their own, and JavaScriptCore's have lines of its own. */
const ownPlaces: ReadonlySet<string> = new Set(["message", "stack", "cause", "errors", "line", "column", "sourceURL"]);

/** Kept though they are not enumerable: Bun's `code`, and what a SuppressedError consists of. */
const hidden = ["code", "error", "suppressed"] as const;

class Encoder {
  private readonly border: Border;
  private readonly indexes: Map<object, number> = new Map();
  /** Errors in the order of their records. */
  private readonly errors: object[] = [];

  constructor(border: Border) {
    this.border = border;
  }

  encode(thrown: unknown): ThrownRecord {
    const field = this.field(thrown);
    const records: ErrorRecord[] = [];
    while (records.length < this.errors.length) records.push(this.record(this.errors[records.length]!, records.length));
    return { thrown: field, records };
  }

  private field(value: unknown): Field {
    if (isError(value)) return { error: this.indexOf(value) };
    if (Array.isArray(value) && value.some(isError)) return { list: value.map((each: unknown) => this.member(each)) };
    return this.member(value);
  }

  private member(value: unknown): Field {
    if (isError(value)) return { error: this.indexOf(value) };
    try {
      const found = findUncloneable(value, { border: this.border, maxDepth: MOST_NESTED });
      return found === null ? { value } : { text: repr(value) };
    } catch (error) {
      return { text: `<unreadable: ${repr(error)}>` }; // A proxy that throws.
    }
  }

  private indexOf(error: object): number {
    let index = this.indexes.get(error);
    if (index === undefined) {
      index = this.errors.push(error) - 1;
      this.indexes.set(error, index);
    }
    return index;
  }

  private record(error: object, index: number): ErrorRecord {
    const name = textOf(error, "name", "Error");
    const message = textOf(error, "message", "");
    const head = message === "" ? name : `${name}: ${message}`;
    const cause = this.ownField(error, "cause");
    const errors = this.ownField(error, "errors");
    return {
      classes: classKeys(error),
      name,
      message,
      stack: index < MOST_STACKS ? stackOf(error, head) : head,
      fields: this.fieldsOf(error),
      ...(cause === null ? {} : { cause }),
      ...(errors === null ? {} : { errors }),
    };
  }

  private fieldsOf(error: object): [string, Field][] {
    const fields: [string, Field][] = [];
    for (const key of new Set([...keysOf(error), ...hidden])) {
      if (ownPlaces.has(key)) continue;
      const field = this.ownField(error, key);
      if (field !== null) fields.push([key, field]);
    }
    return fields;
  }

  private ownField(error: object, key: string): Field | null {
    try {
      if (!Object.hasOwn(error, key)) return null;
      return this.field((error as Record<string, unknown>)[key]);
    } catch (thrown) {
      return { text: `<unreadable: ${repr(thrown)}>` };
    }
  }
}

/** Of any realm; a `DOMException` too, which engines' own tests leave out. */
export function isError(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  try {
    if (value instanceof Error) return true;
    const tag = tagOf(value);
    return tag === "Error" || tag === "DOMException";
  } catch {
    return false; // A proxy that throws.
  }
}

function keysOf(error: object): string[] {
  try {
    return Object.keys(error);
  } catch {
    return [];
  }
}

function textOf(error: object, key: string, otherwise: string): string {
  try {
    const value = (error as Record<string, unknown>)[key];
    if (value === undefined) return otherwise;
    return typeof value === "string" ? value : String(value);
  } catch (thrown) {
    return `<unreadable: ${repr(thrown)}>`;
  }
}

function stackOf(error: object, head: string): string {
  const stack = textOf(error, "stack", head);
  return withHead(stack === "" ? head : withoutOwnEnd(stack), head);
}

/** JavaScriptCore's stacks have no head line. */
function withHead(stack: string, head: string): string {
  return /^[^\n]*@[^\n]*:\d+:\d+(\n|$)|^\s+at /.test(stack) ? `${head}\n${stack}` : stack;
}
