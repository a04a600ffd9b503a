import { repr } from "../loop/repr.ts";

/**
 * Python's `<` for numbers, bigints, booleans, strings, dates and arrays of them, which compare as lists do: by the first
 * pair that differs, so that `[priority, item]` works. Throws `TypeError` for what has no order.
 */
export function naturalLess(a: unknown, b: unknown): boolean {
  if (typeof a === "number" && typeof b === "number") {
    if (a < b) return true;
    if (a >= b) return false; // Else one of them is NaN.
  }
  if (Array.isArray(a) && Array.isArray(b)) return arrayLess(a, b);
  if (typeof a === "string" && typeof b === "string") return textLess(a, b);
  const left = rank(a);
  const right = rank(b);
  if (left === null || right === null || left.kind !== right.kind) throw notOrdered(a, b);
  return left.value < right.value;
}

/** Throws `TypeError` for what cannot be ordered whatever it is compared with. */
export function checkOrdered(item: unknown): void {
  let first = item;
  while (Array.isArray(first) && first.length > 0) first = first[0];
  if (typeof first === "string" || Array.isArray(first) || rank(first) !== null) return;
  throw new TypeError(
    `PriorityQueue orders numbers, bigints, strings, dates and arrays that begin with them, not ${repr(first)}; ` +
      "put [priority, item], or give it a compare function",
  );
}

function arrayLess(a: readonly unknown[], b: readonly unknown[]): boolean {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (!same(a[i], b[i])) return naturalLess(a[i], b[i]);
  return a.length < b.length;
}

function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((each, i) => same(each, b[i]));
  const left = rank(a);
  const right = rank(b);
  // biome-ignore lint/suspicious/noDoubleEquals: 1n and 1 are the same priority.
  return left !== null && right !== null && left.kind === right.kind && left.value == right.value;
}

/** By code points, as Python compares; JavaScript's `<` goes by UTF-16 units, which puts emoji before U+FFFD. */
function textLess(a: string, b: string): boolean {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    if (a.charCodeAt(i) === b.charCodeAt(i)) continue;
    // Inside a surrogate pair whose first half is the same, the second halves decide.
    return a.codePointAt(i)! < b.codePointAt(i)!;
  }
  return a.length < b.length;
}

/** What decides among values of one kind; null for what has no order, NaN and invalid dates too. */
function rank(value: unknown): { kind: "number" | "date"; value: number | bigint } | null {
  switch (typeof value) {
    case "number":
      return Number.isNaN(value) ? null : { kind: "number", value };
    case "bigint":
      return { kind: "number", value };
    case "boolean":
      return { kind: "number", value: Number(value) };
    case "object":
      if (!(value instanceof Date) || Number.isNaN(value.getTime())) return null;
      return { kind: "date", value: value.getTime() };
    default:
      return null;
  }
}

function notOrdered(a: unknown, b: unknown): TypeError {
  return new TypeError(`'<' not supported between ${repr(a)} and ${repr(b)}: give PriorityQueue a compare function`);
}
