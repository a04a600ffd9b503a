const brand: unique symbol = Symbol.for("asyncio-ts.transfer");

/** A value with what is to be moved, not cloned; it stands for the value in the types. */
export interface Transfer {
  readonly value: unknown;
  readonly list: readonly object[];
}

/**
 * Marks a value (an argument of a job, or a job's result) so that the buffers, ports and streams of `list` move to the
 * other thread: nothing is copied, and they cannot be used here any more. Between processes everything is copied.
 */
export function transfer<T>(value: T, list: readonly object[]): T {
  if (!Array.isArray(list)) throw new TypeError("transfer() takes a value and the list of what is to be moved");
  return { [brand]: true, value, list } as unknown as T;
}

export function isTransfer(value: unknown): value is Transfer {
  return typeof value === "object" && value !== null && (value as { readonly [brand]?: unknown })[brand] === true;
}
