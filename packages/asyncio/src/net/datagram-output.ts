import { OutsideFuture } from "../interop/outside-future.ts";
import { makeSystemError, systemError } from "../loop/system-errors.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import type { NodeEmitter } from "./node.ts";
import { Readiness } from "./readiness.ts";

/** `dgram.Socket`. */
export interface NodeDatagrams extends NodeEmitter {
  readonly type?: string;
  bind(...args: never[]): unknown;
  connect(port: number, address: string): void;
  send(data: Uint8Array, callback: (error: unknown) => void): void;
  send(data: Uint8Array, port: number, address: string, callback: (error: unknown) => void): void;
  address(): { readonly address: string };
  remoteAddress(): { readonly address: string; readonly port: number };
}

/** What goes out through a datagram socket of the runtime's, which takes packets at any time. */
export class DatagramOutput extends Readiness {
  private readonly socket: NodeDatagrams;
  private closed: boolean;
  private readonly pending: Set<OutsideFuture<void>> = new Set();

  constructor(socket: NodeDatagrams, isClosed: boolean) {
    super();
    this.socket = socket;
    this.closed = isClosed;
    socket.on("error", () => {}); // Comes to those who receive; without them it must not end the process.
    socket.on("close", () => {
      this.closed = true;
      for (const sent of this.pending) if (!sent.done()) sent.setException(makeSystemError("EBADF"));
      this.pending.clear();
      this._changed();
    });
  }

  isReady(): boolean {
    return true;
  }

  isOver(): boolean {
    return this.closed;
  }

  /** The only peer of a connected socket. */
  get peer(): { readonly address: string; readonly port: number } | null {
    try {
      return this.socket.remoteAddress();
    } catch {
      return null;
    }
  }

  /** Sends a packet; without `host`, to the peer. Waits until the system has it. */
  *send(loop: EventLoop, data: Uint8Array, host: string | null, port: number): CoroutineGenerator<void> {
    const { socket, pending } = this;
    if (this.closed) throw makeSystemError("EBADF");
    if (host !== null && port === 0) throw makeSystemError("EINVAL");
    if (host === null && this.peer === null) throw makeSystemError("EDESTADDRREQ");
    const sent = new OutsideFuture<void>({ loop });
    const onSent = (error: unknown): void => {
      if (sent.done()) return;
      if (error) sent.setException(systemError(error));
      else sent.setResult();
    };
    pending.add(sent);
    try {
      if (host === null) socket.send(data, onSent);
      else socket.send(data, port, host, onSent);
      yield* sent;
    } catch (error) {
      throw systemError(error);
    } finally {
      pending.delete(sent);
    }
  }
}
