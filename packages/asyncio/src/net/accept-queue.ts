import { makeSystemError, systemError } from "../loop/system-errors.ts";
import { Fifo } from "../sync/fifo.ts";
import { descriptorsExhausted } from "./descriptor-limit.ts";
import type { NodeServer } from "./listener.ts";
import type { NodeSocket } from "./node.ts";
import type { Address } from "./protocol.ts";
import { Readiness } from "./readiness.ts";
import { toAddress } from "./socket-info.ts";

/**
 * So many connections may wait to be accepted; what comes beyond is closed. More than the system's own queue (the
 * backlog), which the runtime empties at one go.
 */
const MOST_WAITING = 4096;

interface Accepted {
  readonly socket: NodeSocket;
  readonly address: Address;
}

/** The connections that come to a server of the runtime's, from the first question on. */
export class AcceptQueue extends Readiness {
  private readonly server: NodeServer;
  private readonly arrived: Fifo<Accepted | { readonly error: unknown }> = new Fifo();
  /** Connections were closed for want of room, and the next who accepts will be told. */
  private overflowed: boolean = false;

  /** `adopt` is called with each connection, so that its errors do not end the process before somebody takes it. */
  constructor(server: NodeServer, adopt: (socket: NodeSocket) => void) {
    super();
    this.server = server;
    server.allowHalfOpen = true;
    server.pauseOnConnect = true;
    server.on("connection", (socket: NodeSocket) => {
      adopt(socket);
      if (this.arrived.length >= MOST_WAITING) return this.refuse(socket);
      const address = toAddress(socket.remoteAddress, socket.remoteFamily, socket.remotePort);
      this.arrived.push({ socket, address: address ?? this.namelessAddress() });
      const exhausted = descriptorsExhausted(socket);
      if (exhausted !== null) this.arrived.push({ error: exhausted });
      this._changed();
    });
    server.on("error", (error: unknown) => {
      this.arrived.push({ error: systemError(error) });
      this._changed();
    });
    server.on("close", () => this._changed());
  }

  private refuse(socket: NodeSocket): void {
    socket.destroy();
    if (this.overflowed) return;
    this.overflowed = true;
    this.arrived.push({ error: makeSystemError("ECONNABORTED", "Too many connections wait to be accepted") });
  }

  /** The other end of a Unix socket has no name; that of a connection which is gone already cannot be had any more. */
  private namelessAddress(): Address {
    return typeof this.server.address() === "string" ? "" : null;
  }

  isReady(): boolean {
    return this.arrived.length > 0 || this.isOver();
  }

  isOver(): boolean {
    return !this.server.listening;
  }

  /** Null when there is none. Throws what `accept` would; `EBADF` when the server is closed. */
  take(): [connection: NodeSocket, address: Address] | null {
    if (this.arrived.length > 0) {
      const next = this.arrived.take();
      if (this.arrived.length === 0) this.overflowed = false;
      if ("error" in next) throw next.error;
      return [next.socket, next.address];
    }
    if (this.isOver()) throw makeSystemError("EBADF");
    return null;
  }
}
