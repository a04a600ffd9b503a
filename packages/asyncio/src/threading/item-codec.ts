import { builtin, isBun } from "../host/globals.ts";
import { NotImplementedError } from "../loop/errors.ts";
import { toWire } from "./wire.ts";

interface V8 {
  serialize(value: unknown): Uint8Array;
  deserialize(bytes: Uint8Array): unknown;
}

const v8 = builtin<V8>("v8");

/** The bytes of what structured clone can clone. Throws `TypeError` for the rest, and for what is shared memory itself. */
export function encodeItem(item: unknown): Uint8Array {
  if (v8 === undefined) throw new NotImplementedError("queues between threads need node:v8, which this runtime lacks");
  try {
    // Bun would copy what lies in shared memory, without a word.
    if (isBun && toWire(item) !== item) throw new Error("it contains an object that threads share");
    return v8.serialize(item);
  } catch (error) {
    const { message } = error as Error;
    throw new TypeError(`the item cannot be sent to another thread: ${message}`, { cause: error });
  }
}

export function decodeItem(bytes: Uint8Array): unknown {
  return v8!.deserialize(bytes);
}
