import { withoutOwnEnd } from "./stack.ts";

/** Calls `print` while the stacks of an error, of its causes and of its members end with the program's own frames. */
export function withShortStacks(error: unknown, print: () => void): void {
  const restore: (() => void)[] = [];
  try {
    shorten(error, restore);
    print();
  } finally {
    for (const each of restore) each();
  }
}

function shorten(error: unknown, restore: (() => void)[]): void {
  const seen = new Set<unknown>();
  const open = [error];
  while (open.length > 0) {
    const at = open.pop();
    if (!(at instanceof Error) || seen.has(at)) continue;
    seen.add(at);
    shortenOne(at, restore);
    open.push(at.cause);
    if (at instanceof AggregateError) open.push(...(at.errors as unknown[]));
  }
}

function shortenOne(error: Error, restore: (() => void)[]): void {
  const before = Object.getOwnPropertyDescriptor(error, "stack");
  const whole: unknown = error.stack;
  if (typeof whole !== "string" || before?.configurable === false) return;
  const short = withoutOwnEnd(whole);
  if (short === whole) return;
  try {
    Object.defineProperty(error, "stack", { value: short, configurable: true, writable: true, enumerable: false });
  } catch {
    return; // Frozen: it is printed as it is.
  }
  restore.push(() => {
    if (before === undefined) Reflect.deleteProperty(error, "stack");
    else Object.defineProperty(error, "stack", before);
  });
}
