import { isBun, isDeno } from "../host/globals.ts";
import type { NodeSocket } from "../net/node.ts";

interface StreamHandle {
  onread: ((data?: unknown) => void) | undefined;
  readStart(): number;
}

/**
 * Calls back when the other side has closed the reading end of a pipe that is only written to. Node learns that from its
 * next write, unless the handle below is asked to read; that works for the pipes to its children, which are sockets, and
 * not for a FIFO. Bun and Deno cannot be asked.
 */
export function whenReaderCloses(socket: NodeSocket, callback: () => void): void {
  const { _handle: handle } = socket as { readonly _handle?: Partial<StreamHandle> | null };
  if (isBun || isDeno || socket.readable || typeof handle?.readStart !== "function") return;
  handle.onread = (data) => {
    if (data === undefined) callback();
  };
  handle.readStart();
}
