import type { Endpoint } from "../loop/base-loop.ts";
import { type Context, currentContext } from "../loop/context.ts";
import { isCancelled, leavesLoop } from "../loop/errors.ts";
import { inspectCustom, repr } from "../loop/repr.ts";
import { makeSystemError, systemError } from "../loop/system-errors.ts";
import { Fifo } from "../sync/fifo.ts";
import { define, FunctionCoroutine } from "../tasks/coroutine.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import type { Task } from "../tasks/task.ts";
import { Entrance } from "./enter.ts";
import { FlowControl } from "./flow-control.ts";
import type { InternetAddress } from "./get-addr-info.ts";
import { formatIp, hostWithScope, parseIp } from "./ip-address.ts";
import {
  closeQuietly,
  localName,
  type NodeDatagramAddress,
  type NodeDatagramSocket,
  remoteName,
} from "./node-dgram.ts";
import type { Address, BaseProtocol, DatagramProtocol } from "./protocol.ts";
import { AF_INET, AF_INET6, SOCK_DGRAM } from "./socket-constants.ts";
import { toAddress } from "./socket-info.ts";
import { DatagramTransport, toBytes, type WriteBufferLimits, type WriteData } from "./transport.ts";

const WARN_AFTER_LOST_WRITES = 5;
/** What a packet counts for besides its bytes, so that empty ones are counted, too. asyncio: `_header_size`. */
const PACKET_COST = 8;
/** So much may have arrived that the loop has not taken yet; the rest is dropped. Bytes, each packet counts for 64 more. */
const MOST_UNDELIVERED = 1_048_576;
const ARRIVED_COST = 64;

type Arrival =
  | { readonly data: Uint8Array; readonly from: NodeDatagramAddress }
  | { readonly data: null; readonly error: unknown };

interface Packet {
  readonly bytes: Uint8Array;
  readonly port: number;
}
interface Outgoing extends Packet {
  readonly host: string | null;
}

export interface DatagramTransportOptions {
  /** Where packets go by default, of a socket that is not connected. */
  readonly remote?: InternetAddress | null;
  readonly onMade?: (() => void) | undefined;
}

const transports = new WeakMap<object, DatagramSocketTransport>();

/** The transport that a datagram socket of the runtime's belongs to, if any. */
export function datagramTransportOf(socket: object): DatagramSocketTransport | undefined {
  return transports.get(socket);
}

/**
 * A transport over a datagram socket of the runtime's, which is bound before and belongs to the transport from then on.
 * Packets come to the protocol one an iteration, in the order of their arrival, errors among them. asyncio:
 * `_SelectorDatagramTransport`.
 *
 * The runtime cannot be told to leave packets with the system. What it brings while the loop is stopped or busy is
 * kept up to a bound and dropped beyond, as the system does.
 */
export class DatagramSocketTransport extends DatagramTransport implements Endpoint {
  private readonly loop: EventLoop;
  private readonly socket: NodeDatagramSocket;
  private protocol: DatagramProtocol;
  private readonly context: Context;
  private readonly flow: FlowControl;
  private readonly sockname: Address;
  private readonly peername: Address;
  private readonly ipv6: boolean;
  /** The only address that packets may go to. */
  private readonly remote: InternetAddress | null;
  private onMade: (() => void) | null;

  // ---- receiving
  private readonly arrival: Entrance;
  private made: boolean = false;
  private readonly arrived: Fifo<Arrival> = new Fifo();
  private undelivered: number = 0;
  private dropped: number = 0;
  private reportedDrops: number = 0;

  // ---- sending
  /** Packets that the runtime has not reported on. */
  private inFlight: number = 0;
  /** Packets that are to be sent one by one; null where the runtime keeps them in order and tells how many wait. */
  private readonly waiting: Fifo<Outgoing> | null;
  /** The size of the packets that the runtime does not tell about. */
  private inFlightSize: number = 0;
  private readonly sent: Entrance;
  private readonly onSent: (error: unknown) => void;
  /** The host that the last packet went to, and how the runtime takes it. */
  private lastHost: string = "";
  private lastNodeHost: string = "";
  /** Packets to hosts whose addresses are being looked up. */
  private readonly resolving: Map<string, { readonly packets: Packet[]; task: Task<void> | null }> = new Map();

  // ---- closing
  private closing: boolean = false;
  private lost: number = 0;

  constructor(
    loop: EventLoop,
    socket: NodeDatagramSocket,
    protocol: BaseProtocol,
    options: DatagramTransportOptions = {},
  ) {
    super();
    this.loop = loop;
    this.socket = socket;
    this.protocol = protocol as DatagramProtocol;
    this.context = currentContext().copy();
    this.flow = new FlowControl(loop, this);
    const local = localName(socket);
    const peer = remoteName(socket);
    this.sockname = local === null ? null : addressOf(local);
    this.peername = peer === null ? null : addressOf(peer);
    this.ipv6 = local !== null && isIpv6(local);
    this.remote = (this.peername as InternetAddress | null) ?? options.remote ?? null;
    this.onMade = options.onMade ?? null;
    this.arrival = new Entrance(loop, this.context, this.deliver.bind(this));
    this.sent = new Entrance(loop, this.context, this.noteSent.bind(this));
    this.onSent = (error) => this.reportSent(error);
    this.waiting = socket.getSendQueueSize === undefined ? new Fifo() : null;
    loop._addEndpoint(this);
    transports.set(socket, this);
    socket.on("message", (data: Uint8Array, from: NodeDatagramAddress) => this.feed(data, from));
    socket.on("error", (error: unknown) => this.feedError(systemError(error)));
    socket.on("close", () => this.forceClose(null));
    this.arrival.enter();
  }

  // ---- what the transport is

  isClosing(): boolean {
    return this.closing;
  }

  setProtocol(protocol: BaseProtocol): void {
    this.protocol = protocol as DatagramProtocol;
  }

  getProtocol(): BaseProtocol {
    return this.protocol;
  }

  getExtraInfo(key: string, fallback: unknown = null): never {
    const { socket, sockname, peername, dropped } = this;
    const known: Readonly<Record<string, unknown>> = { socket, sockname, peername, dropped };
    return ((Object.hasOwn(known, key) ? known[key] : null) ?? fallback) as never;
  }

  // ---- receiving

  private feed(data: Uint8Array, from: NodeDatagramAddress): void {
    if (this.closing) return;
    if (this.undelivered > MOST_UNDELIVERED) {
      this.dropped++;
      return;
    }
    this.undelivered += data.length + ARRIVED_COST;
    this.arrived.push({ data, from });
    this.arrival.enterFromHost();
  }

  private feedError(error: unknown): void {
    if (this.closing || this.undelivered > MOST_UNDELIVERED) return;
    this.undelivered += ARRIVED_COST;
    this.arrived.push({ data: null, error });
    this.arrival.enter();
  }

  private deliver(): void {
    if (!this.made) return this.begin();
    if (this.closing || this.arrived.length === 0) return;
    const next = this.arrived.take();
    this.undelivered -= ARRIVED_COST + (next.data?.length ?? 0);
    try {
      if (next.data === null) this.protocol.errorReceived(next.error);
      else this.protocol.datagramReceived(next.data, addressOf(next.from));
    } catch (error) {
      const method = next.data === null ? "errorReceived" : "datagramReceived";
      this.fatal(error, `Fatal error: protocol.${method}() call failed.`);
    }
    if (this.arrived.length > 0) this.arrival.enter();
    else if (this.dropped > this.reportedDrops) this.reportDrops();
  }

  private begin(): void {
    this.made = true;
    const { onMade } = this;
    this.onMade = null;
    try {
      this.protocol.connectionMade(this);
    } catch (error) {
      this.fatal(error, "Fatal error: protocol.connectionMade() call failed.");
    }
    onMade?.();
    if (this.arrived.length > 0) this.arrival.enter();
  }

  private reportDrops(): void {
    const count = this.dropped - this.reportedDrops;
    this.reportedDrops = this.dropped;
    if (this.loop.getDebug()) {
      this.loop._warn(`${repr(this)}: ${count} packets came faster than the loop took them, and were dropped`);
    }
  }

  // ---- sending

  sendTo(data: WriteData, address: Address = null): void {
    const bytes = toBytes(data);
    const [host, port, , scope = 0] = this.target(address);
    if (this.closing) {
      if (this.lost >= WARN_AFTER_LOST_WRITES) this.loop._warn("socket.send() raised exception.");
      this.lost += this.lost > 0 ? 1 : 0;
      return;
    }
    if (this.peername !== null) return this.send(bytes, null, 0);
    if (scope !== 0) return this.send(bytes, hostWithScope([host, port, 0, scope]), port);
    if (host !== this.lastHost) {
      const ip = parseIp(host);
      if (ip === null) return this.sendLater(host, { bytes, port });
      this.lastHost = host;
      this.lastNodeHost = hostWithScope([formatIp(ip.bytes), port, 0, ip.scope]);
    }
    this.send(bytes, this.lastNodeHost, port);
  }

  /** Where a packet goes. */
  private target(address: Address): readonly [host: string, port: number, ...rest: number[]] {
    const { remote } = this;
    if (remote !== null) {
      const same = address === null || (Array.isArray(address) && address[0] === remote[0] && address[1] === remote[1]);
      if (!same) throw new RangeError(`Invalid address: must be null or ${repr(remote)}`);
      return remote;
    }
    if (!Array.isArray(address)) {
      throw new TypeError(
        `sendTo() needs an address, [host, port]: the endpoint has no remote one; got ${repr(address)}`,
      );
    }
    const [host, port] = address as readonly unknown[];
    if (typeof host !== "string") throw new TypeError(`sendTo(): the host must be a string, not ${repr(host)}`);
    if (!Number.isInteger(port) || (port as number) < 0 || (port as number) > 65535) {
      throw new RangeError("sendTo(): port must be 0-65535.");
    }
    return address as never;
  }

  private send(bytes: Uint8Array, host: string | null, port: number): void {
    if (host !== null && port === 0) return this.feedError(makeSystemError("EINVAL"));
    if (this.waiting === null) {
      this.inFlight++;
      this.handOver(bytes, host, port, this.onSent);
    } else {
      this.inFlightSize += bytes.length + PACKET_COST;
      this.waiting.push({ bytes, host, port });
      this.handOverNext();
    }
    this.flow.grown(this.getWriteBufferSize());
  }

  private handOver(bytes: Uint8Array, host: string | null, port: number, done: (error: unknown) => void): void {
    try {
      if (host === null) this.socket.send(bytes, done);
      else this.socket.send(bytes, port, host, done);
    } catch (error) {
      done(error);
    }
  }

  /** A runtime that sends asynchronously may change the order of packets, unless it has one at a time. */
  private handOverNext(): void {
    const waiting = this.waiting!;
    while (this.inFlight === 0 && waiting.length > 0) {
      const { bytes, host, port } = waiting.take();
      this.inFlight++;
      let atOnce = true;
      this.handOver(bytes, host, port, (error) => {
        this.inFlightSize -= bytes.length + PACKET_COST;
        this.reportSent(error);
        if (!atOnce) this.handOverNext();
      });
      atOnce = false;
    }
  }

  private reportSent(error: unknown): void {
    this.inFlight--;
    if (error) this.feedError(systemError(error));
    if (this.flow.paused || this.closing) this.sent.enter();
  }

  private noteSent(): void {
    if (this.lost > 0) return;
    this.flow.shrunk(this.getWriteBufferSize());
    this.closeWhenSent();
  }

  /** Packets to one host stay in their order; those to others may overtake them. */
  private sendLater(host: string, packet: Packet): void {
    const size = packet.bytes.length + PACKET_COST;
    this.inFlightSize += size;
    const waiting = this.resolving.get(host);
    if (waiting !== undefined) {
      waiting.packets.push(packet);
    } else {
      const entry: { packets: Packet[]; task: Task<void> | null } = { packets: [packet], task: null };
      this.resolving.set(host, entry);
      const lookup = new FunctionCoroutine<void>(sendResolvedDefinition, this, [host, entry.packets]);
      entry.task = this.loop.createTask(lookup, { name: `sendTo ${host}` });
    }
    this.flow.grown(this.getWriteBufferSize());
  }

  /** @internal */
  *_sendResolved(host: string, packets: readonly Packet[]): CoroutineGenerator<void> {
    const { loop } = this;
    let target: string | null = null;
    let failure: unknown = null;
    try {
      const [info] = yield* loop.getAddrInfo(host, null, { family: this.ipv6 ? AF_INET6 : AF_INET, type: SOCK_DGRAM });
      target = hostWithScope(info![4]);
    } catch (error) {
      if (isCancelled(error)) throw error;
      failure = error;
    } finally {
      this.resolving.delete(host);
      for (const { bytes } of packets) this.inFlightSize -= bytes.length + PACKET_COST;
      if (this.closing || this.flow.paused) this.sent.enter();
    }
    if (this.lost > 0) return;
    for (const { bytes, port } of packets) {
      if (target === null) this.feedError(failure);
      else this.send(bytes, target, port);
    }
  }

  setWriteBufferLimits(limits: WriteBufferLimits = {}): void {
    this.flow.setLimits(limits);
    this.flow.grown(this.getWriteBufferSize());
  }

  getWriteBufferLimits(): [low: number, high: number] {
    return [this.flow.low, this.flow.high];
  }

  getWriteBufferSize(): number {
    const { socket, inFlightSize } = this;
    if (this.lost > 0) return 0;
    if (socket.getSendQueueSize === undefined) return inFlightSize;
    return inFlightSize + socket.getSendQueueSize() + PACKET_COST * (socket.getSendQueueCount?.() ?? 0);
  }

  // ---- closing

  close(): void {
    if (this.closing) return;
    this.closing = true;
    this.arrived.clear();
    this.undelivered = 0;
    this.closeWhenSent();
  }

  private closeWhenSent(): void {
    if (!this.closing || this.lost > 0 || this.inFlight > 0 || this.resolving.size > 0) return;
    if (this.waiting === null || this.waiting.length === 0) this.loseSoon(null);
  }

  abort(): void {
    this.forceClose(null);
  }

  private fatal(error: unknown, message: string): void {
    if (leavesLoop(error)) throw error;
    this.loop.callExceptionHandler({ message, exception: error, transport: this, protocol: this.protocol });
    this.forceClose(error);
  }

  private forceClose(error: unknown): void {
    if (this.lost > 0) return;
    this.closing = true;
    this.arrived.clear();
    this.waiting?.clear();
    this.loseSoon(error);
    for (const { task } of this.resolving.values()) task?.cancel();
  }

  private loseSoon(error: unknown): void {
    this.lost++;
    new Entrance(this.loop, this.context, () => this.callConnectionLost(error)).enter();
  }

  private callConnectionLost(error: unknown): void {
    try {
      this.protocol.connectionLost(error);
    } finally {
      closeQuietly(this.socket);
      this.loop._removeEndpoint(this);
    }
  }

  /** @internal */
  _onLoopClosed(): void {
    this.closing = true;
    this.lost = 1;
    closeQuietly(this.socket);
    if (this.loop.getDebug()) this.loop._warn(`unclosed transport ${repr(this)}`);
  }

  /** @internal */
  _repr(): string {
    const state = this.lost > 0 ? "closed" : this.closing ? "closing" : "open";
    return `<${this.constructor.name} ${state} sockname=${repr(this.sockname)} peername=${repr(this.peername)}>`;
  }

  override toString(): string {
    return this._repr();
  }

  /** @internal */
  [inspectCustom](): string {
    return this._repr();
  }
}

function isIpv6({ family }: NodeDatagramAddress): boolean {
  return family === "IPv6" || family === 6;
}

function addressOf({ address, family, port }: NodeDatagramAddress): Address {
  return toAddress(address, family, port);
}

function* sendResolvedBody(
  this: DatagramSocketTransport,
  host: string,
  packets: readonly Packet[],
): CoroutineGenerator<void> {
  yield* this._sendResolved(host, packets);
}

const sendResolvedDefinition = define(sendResolvedBody as never, "sendTo");
