import { builtin } from "../host/globals.ts";
import { RuntimeError } from "../loop/errors.ts";

/**
 * What the package uses of `node:net` and its kin, typed here so that @types/node does not leak into the public
 * declarations. Node's own classes fit.
 */

// biome-ignore lint/suspicious/noExplicitAny: each event has arguments of its own
type Listener = (...args: any[]) => void;

export interface NodeEmitter {
  on(event: string, listener: Listener): unknown;
  once(event: string, listener: Listener): unknown;
  off(event: string, listener: Listener): unknown;
  removeAllListeners(event?: string): unknown;
}

/** `net.Socket`, `tls.TLSSocket`, the pipes of a child process. */
export interface NodeSocket extends NodeEmitter {
  readonly readable: boolean;
  readonly writable: boolean;
  readonly writableLength: number;
  readonly writableEnded: boolean;
  readonly writableNeedDrain?: boolean;
  readonly readableEnded: boolean;
  readonly destroyed: boolean;
  readonly errored?: Error | null;
  allowHalfOpen?: boolean;
  readonly connecting?: boolean;
  readonly pending?: boolean;
  readonly remoteAddress?: string | undefined;
  readonly remoteFamily?: string | undefined;
  readonly remotePort?: number | undefined;
  readonly localAddress?: string | undefined;
  readonly localFamily?: string | undefined;
  readonly localPort?: number | undefined;
  readonly encrypted?: boolean;
  write(data: Uint8Array | string, callback?: (error?: Error | null) => void): boolean;
  read?(): Uint8Array | null;
  unshift(chunk: Uint8Array): void;
  end(): unknown;
  destroy(error?: Error): unknown;
  resetAndDestroy?(): unknown;
  pause(): unknown;
  resume(): unknown;
  cork(): void;
  uncork(): void;
  setNoDelay?(on?: boolean): unknown;
  setKeepAlive?(on?: boolean, initialDelay?: number): unknown;
  ref?(): unknown;
  unref?(): unknown;
}

/** A module of the runtime. Throws `RuntimeError` in browsers. */
export function nodeModule<T>(name: string, what: string): T {
  const module = builtin<T>(name);
  if (module === undefined) {
    throw new RuntimeError(`${what} needs Node, Bun or Deno: there are no sockets, files and processes here`);
  }
  return module;
}
