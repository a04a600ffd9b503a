import { nodeProcess } from "../host/globals.ts";
import { type NodeEmitter, nodeModule } from "./node.ts";

export interface NodeDatagramAddress {
  readonly address: string;
  readonly family: string | number;
  readonly port: number;
}

/** `dgram.Socket`. */
export interface NodeDatagramSocket extends NodeEmitter {
  readonly type?: string;
  bind(options: { readonly port: number; readonly address?: string; readonly exclusive: true }): unknown;
  connect(port: number, address: string): void;
  close(): unknown;
  address(): NodeDatagramAddress;
  remoteAddress(): NodeDatagramAddress;
  send(data: Uint8Array, callback: (error: unknown) => void): void;
  send(data: Uint8Array, port: number, address: string, callback: (error: unknown) => void): void;
  setBroadcast(on: boolean): void;
  /** Deno has none of the two. */
  getSendQueueSize?(): number;
  getSendQueueCount?(): number;
}

export interface NodeDatagramOptions {
  readonly type: "udp4" | "udp6";
  readonly reusePort: boolean;
  lookup(
    host: string,
    options: unknown,
    callback: (error: Error | null, address: string, family: number) => void,
  ): void;
}

interface NodeDgram {
  createSocket(options: NodeDatagramOptions): NodeDatagramSocket;
}

export function nodeDgram(): NodeDgram {
  return nodeModule<NodeDgram>("dgram", "a datagram endpoint");
}

/** Whether the runtime has `SO_REUSEPORT`: older ones ignore the option. */
export function knowsReusePort(): boolean {
  const { node, bun, deno } = nodeProcess?.versions ?? {};
  if (bun !== undefined) return true;
  if (deno !== undefined || node === undefined) return false;
  const [major = 0, minor = 0] = node.split(".").map(Number);
  return major > 23 || (major === 23 && minor >= 1) || (major === 22 && minor >= 12);
}

/** Both addresses of the socket, where it has them. */
export function localName(socket: NodeDatagramSocket): NodeDatagramAddress | null {
  try {
    return socket.address();
  } catch {
    return null;
  }
}

export function remoteName(socket: NodeDatagramSocket): NodeDatagramAddress | null {
  try {
    return socket.remoteAddress();
  } catch {
    return null;
  }
}

/** A socket that is not open any more throws. */
export function closeQuietly(socket: NodeDatagramSocket): void {
  try {
    socket.close();
  } catch {}
}
