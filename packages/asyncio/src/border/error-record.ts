/** An error as it passes a border: nothing in it is an error itself, and nothing is nested by causes. */
export interface ErrorRecord {
  /** The keys of its classes, the nearest first. */
  readonly classes: readonly string[];
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  /** Own enumerable properties. */
  readonly fields: readonly (readonly [key: string, value: Field])[];
  readonly cause?: Field;
  /** The members of an AggregateError. */
  readonly errors?: Field;
}

/** A value of an error's: another record by its index, an array with errors in it, text in the place of what cannot pass. */
export type Field =
  | { readonly error: number }
  | { readonly list: readonly Field[] }
  | { readonly value: unknown }
  | { readonly text: string };

/** Whatever was thrown, in a form that can be cloned. What `encodeError` gives and `decodeError` takes. */
export interface ThrownRecord {
  readonly thrown: Field;
  readonly records: readonly ErrorRecord[];
}
