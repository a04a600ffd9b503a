import { builtin } from "../host/globals.ts";
import { isCoroutine, isFuture } from "../tasks/kinds.ts";

/** What lies between the two sides: threads share memory, processes share nothing. */
export type Border = "thread" | "process";

/** The classes of the language and of runtimes that structured clone knows, and that hold no further values. */
const leaves: readonly string[] = [
  "ArrayBuffer",
  "BigInt",
  "Boolean",
  "DataView",
  "Date",
  "Number",
  "RegExp",
  "String",
  "Int8Array",
  "Uint8Array",
  "Uint8ClampedArray",
  "Int16Array",
  "Uint16Array",
  "Int32Array",
  "Uint32Array",
  "BigInt64Array",
  "BigUint64Array",
  "Float16Array",
  "Float32Array",
  "Float64Array",
];

/** What only threads can pass to each other. */
const threadLeaves: readonly string[] = ["SharedArrayBuffer", "Blob", "File", "CryptoKey", "WebAssembly.Module"];

/** What to pass instead. */
const advice: Readonly<Record<string, string>> = {
  DOMException: "pass its name and message",
  URL: "pass its href",
  URLSearchParams: "pass its text",
  Headers: "pass [...headers]",
  FormData: "pass [...form]",
  Promise: "await it first",
  Response: "read its body first",
  Request: "pass its url and what else is needed",
  Generator: "pass [...generator]",
};

interface UtilTypes {
  readonly types: { isProxy(value: object): boolean };
}
const types = builtin<UtilTypes>("util")?.types;

const containers: ReadonlySet<string> = new Set(["Object", "Array", "Map", "Set", "Error"]);
const leafTags: ReadonlySet<string> = new Set(leaves);
const threadTags: ReadonlySet<string> = new Set(threadLeaves);

/**
 * Why a value by itself (not what it contains) cannot pass a border, in words that follow "is"; null when it can.
 *
 * Runtimes disagree on what they refuse: Node 20 gives an empty object for a `URL`, Node 26 throws; between processes both
 * give an empty object. What arrives empty helps nobody, so it is refused here on all of them.
 */
export function refusalOf(value: unknown, border: Border): string | null {
  if (typeof value === "function") return value.name === "" ? "a function" : `a function (${value.name})`;
  if (typeof value === "symbol") return `a symbol (${String(value)})`;
  if (typeof value !== "object" || value === null) return null;
  if (types?.isProxy(value) === true) return "a Proxy";
  if (isFuture(value)) return `a ${nameOf(value)}: await it first`;
  if (isCoroutine(value)) return "a coroutine: await it first";
  const tag = tagOf(value);
  if (containers.has(tag)) return null;
  if (leafTags.has(tag)) return isDetached(value, tag) ? "a detached ArrayBuffer" : null;
  if (threadTags.has(tag)) return border === "thread" ? null : withAdvice(tag, "process");
  return isOwnTag(value, tag) ? null : withAdvice(tag, border);
}

/** `Object.prototype.toString`'s name for the object's kind, which for classes of a runtime is the class's name. */
export function tagOf(value: object): string {
  try {
    return Object.prototype.toString.call(value).slice(8, -1);
  } catch {
    return "Object"; // A getter of the program's that throws.
  }
}

/** Whether the tag is one that the program gave to a class of its own: such objects pass like any other. */
function isOwnTag(value: object, tag: string): boolean {
  if (/^(Async)?Generator$| Iterator$|^Arguments$|^Symbol$|^Module$/.test(tag)) return false;
  const known = (globalThis as unknown as Record<string, unknown>)[tag];
  if (typeof known === "object" && known === value) return false; // Math, JSON, Atomics …
  if (typeof known === "function") return !(value instanceof (known as new () => object));
  return !inheritsNativeTag(value);
}

/** Intl.NumberFormat and others that are no globals: the class that brings the tag is native code. */
function inheritsNativeTag(value: object): boolean {
  for (let at: object | null = value; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    if (!Object.hasOwn(at, Symbol.toStringTag)) continue;
    const owner: unknown = (Object.getOwnPropertyDescriptor(at, "constructor") ?? { value: undefined }).value;
    return typeof owner === "function" && /\{\s*\[native code\]\s*\}\s*$/.test(Function.prototype.toString.call(owner));
  }
  return false;
}

function withAdvice(tag: string, border: Border): string {
  const article = /^[AEIOU]/i.test(tag) && !tag.startsWith("U") ? "an" : "a";
  const instead =
    tag === "SharedArrayBuffer" && border === "process" ? "processes share no memory" : (advice[tag] ?? null);
  return `${article} ${tag}${instead === null ? "" : `: ${instead}`}`;
}

function nameOf(value: object): string {
  return (value as { readonly constructor?: { readonly name?: string } }).constructor?.name ?? "Future";
}

/** A view of a buffer that was transferred has no bytes left; of an empty one nobody can tell without trying. */
function isDetached(value: object, tag: string): boolean {
  const buffer = tag === "ArrayBuffer" ? value : (value as { readonly buffer?: unknown }).buffer;
  if (!(buffer instanceof ArrayBuffer) || buffer.byteLength > 0) return false;
  try {
    new Uint8Array(buffer);
    return false;
  } catch {
    return true;
  }
}
