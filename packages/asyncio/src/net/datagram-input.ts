import { running } from "../loop/running.ts";
import { makeSystemError, systemError } from "../loop/system-errors.ts";
import { Fifo } from "../sync/fifo.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import { Input } from "./input.ts";
import type { NodeEmitter } from "./node.ts";
import type { Address } from "./protocol.ts";
import { toAddress } from "./socket-info.ts";

interface Sender {
  readonly address: string;
  readonly family: string | number;
  readonly port: number;
}
interface Packet {
  readonly data: Uint8Array;
  readonly from: Sender;
}

/** So much may wait; what comes beyond is dropped. Bytes, a packet counts for 64 more. */
const MOST_WAITING = 1_048_576;
const PACKET_COST = 64;

/**
 * What comes to a datagram socket of the runtime's, from the first question on. The runtime cannot be told to leave
 * packets with the system: they are kept up to a bound and dropped beyond, as the system does.
 */
export class DatagramInput extends Input {
  private readonly arrived: Fifo<Packet | { readonly error: unknown }> = new Fifo();
  private size: number = 0;
  private dropped: number = 0;
  private closed: boolean;

  constructor(socket: NodeEmitter, isClosed: boolean) {
    super();
    this.closed = isClosed;
    socket.on("message", (data: Uint8Array, from: Sender) => {
      const size = data.length + PACKET_COST;
      if (this.size + size > MOST_WAITING) {
        this.dropped++;
        return;
      }
      this.size += size;
      this.arrived.push({ data, from });
      this._changed();
    });
    socket.on("error", (error: unknown) => {
      if (this.size > MOST_WAITING - PACKET_COST) return;
      this.size += PACKET_COST;
      this.arrived.push({ error });
      this._changed();
    });
    socket.on("close", () => {
      this.closed = true;
      this.arrived.clear();
      this.size = 0;
      this._changed();
    });
  }

  isReady(): boolean {
    return this.arrived.length > 0 || this.closed;
  }

  isOver(): boolean {
    return this.closed;
  }

  /** The rest of a packet that is longer is gone, as with the system's own calls. */
  take(size: number): [data: Uint8Array, address: Address] | null {
    if (this.dropped > 0) this.reportDrops();
    if (this.closed) throw makeSystemError("EBADF");
    if (this.arrived.length === 0) return null;
    const next = this.arrived.take();
    this.size -= PACKET_COST;
    if ("error" in next) throw systemError(next.error);
    const { data, from } = next;
    this.size -= data.length;
    return [data.length > size ? data.subarray(0, size) : data, toAddress(from.address, from.family, from.port)];
  }

  private reportDrops(): void {
    const loop = running.loop as EventLoop | null;
    if (loop?.getDebug() === true) {
      loop._warn(`${this.dropped} packets came to a datagram socket faster than they were received, and were dropped`);
    }
    this.dropped = 0;
  }
}
