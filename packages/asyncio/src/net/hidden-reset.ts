import { isBun, isDeno, nodeProcess } from "../host/globals.ts";
import type { NodeSocket } from "./node.ts";

const NOTHING = new Uint8Array(0);

/** libuv before its version in Node 24 tells of a reset as the end of file, when data that had come before is read with it. */
const resetsCanBeHidden = !isBun && !isDeno && Number.parseInt(nodeProcess?.versions?.node ?? "", 10) < 24;

/**
 * Whether the end of file of a TCP socket is a reset in truth: what the peer has sent is cut off, and must not pass for
 * the whole. The system remembers it, and tells whoever writes; writing no bytes changes nothing else. The runtime's
 * error event follows.
 */
export function hidesReset(socket: NodeSocket): boolean {
  if (!resetsCanBeHidden || socket.encrypted === true || socket.remoteAddress === undefined) return false;
  if (socket.writable && socket.writableLength === 0) socket.write(NOTHING);
  return (socket.errored as { readonly code?: unknown } | null | undefined)?.code === "ECONNRESET";
}
