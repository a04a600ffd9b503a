import { builtin } from "../host/globals.ts";
import { toBytes, type WriteData } from "./transport.ts";

interface BufferClass {
  new (...args: never[]): Uint8Array;
  allocUnsafe(size: number): Uint8Array;
  from(memory: ArrayBufferLike, offset: number, length: number): Uint8Array;
}

const NodeBuffer = builtin<{ readonly Buffer: BufferClass }>("buffer")?.Buffer;

/** No bytes. */
export const NO_BYTES: Uint8Array = NodeBuffer?.allocUnsafe(0) ?? new Uint8Array(0);

/** Memory with any content, to be filled at once: a `Buffer` where the runtime has it. */
export function allocate(size: number): Uint8Array {
  return NodeBuffer === undefined ? new Uint8Array(size) : NodeBuffer.allocUnsafe(size);
}

/** The same memory as a `Buffer` where the runtime has it, so that readers get one kind of bytes whatever was fed. */
export function asBuffer(data: WriteData): Uint8Array {
  if (NodeBuffer === undefined || data instanceof NodeBuffer) return toBytes(data);
  const { buffer, byteOffset, byteLength } = toBytes(data);
  return NodeBuffer.from(buffer, byteOffset, byteLength);
}
