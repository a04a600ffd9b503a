import net from "node:net";
import { Protocol, type Transport } from "../../packages/asyncio/src/index.ts";

/** Generous: only a test that fails waits so long. */
const DEADLINE = 8000;

/** Waits until `condition` holds, letting the runtime do I/O. */
export async function until(condition: () => boolean, what: string = "it never happened"): Promise<void> {
  const end = performance.now() + DEADLINE;
  while (!condition()) {
    if (performance.now() > end) throw new Error(what);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Lets the runtime do I/O for so many rounds: what could have happened by then would have. */
export async function rounds(count: number = 20): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
}

/** A protocol that writes down what it is told. */
export class Recorder extends Protocol {
  readonly log: string[];
  readonly name: string;
  transport!: Transport;
  received: string = "";
  bytes: number = 0;
  made: boolean = false;
  eof: boolean = false;
  /** How the connection ended; undefined as long as it has not. */
  lost: unknown;
  /** What `eofReceived` gives. */
  keepOpen: boolean = false;
  keepsText: boolean = true;

  constructor(name: string = "", log: string[] = []) {
    super();
    this.name = name;
    this.log = log;
  }

  note(what: string): void {
    this.log.push(this.name === "" ? what : `${this.name} ${what}`);
  }

  override connectionMade(transport: Transport): void {
    this.note("made");
    this.made = true;
    this.transport = transport;
  }

  override dataReceived(data: Uint8Array): void {
    this.bytes += data.length;
    if (!this.keepsText) return;
    const text = new TextDecoder().decode(data);
    this.received += text;
    this.note(`data ${text}`);
  }

  override eofReceived(): boolean {
    this.note("eof");
    this.eof = true;
    return this.keepOpen;
  }

  override connectionLost(error: unknown): void {
    this.note(error === null ? "lost" : `lost ${(error as Error).name}`);
    this.lost = error;
  }

  override pauseWriting(): void {
    this.note("pause");
  }

  override resumeWriting(): void {
    this.note("resume");
  }
}

/** The other side of a connection, in the runtime's own terms. */
export class Peer {
  readonly socket: net.Socket;
  received: string = "";
  bytes: number = 0;
  ended: boolean = false;
  closed: boolean = false;
  error: (Error & { code?: string }) | null = null;

  constructor(socket: net.Socket, reads: boolean = true) {
    this.socket = socket;
    socket.on("error", (error) => {
      this.error = error;
    });
    socket.on("close", () => {
      this.closed = true;
    });
    socket.on("end", () => {
      this.ended = true;
    });
    if (reads) this.read();
  }

  read(): void {
    this.socket.on("data", (data: Buffer) => {
      this.bytes += data.length;
      if (this.bytes < 100_000) this.received += data.toString();
    });
    this.socket.resume();
  }
}

/** A server of the runtime's own. */
export class PeerServer {
  readonly server: net.Server;
  readonly peers: Peer[] = [];

  private constructor(reads: boolean, options: net.ServerOpts) {
    this.server = net.createServer({ allowHalfOpen: true, pauseOnConnect: !reads, ...options }, (socket) => {
      this.peers.push(new Peer(socket, reads));
    });
  }

  static async listen({ reads = true, ...options }: net.ServerOpts & { reads?: boolean } = {}): Promise<PeerServer> {
    const peers = new PeerServer(reads, options);
    await new Promise<void>((resolve) => peers.server.listen(0, "127.0.0.1", resolve));
    return peers;
  }

  get port(): number {
    return (this.server.address() as net.AddressInfo).port;
  }

  /** The connection that comes next, or has come. */
  async peer(index: number = 0): Promise<Peer> {
    await until(() => this.peers.length > index, "no connection came");
    return this.peers[index]!;
  }

  close(): void {
    this.server.close();
    for (const { socket } of this.peers) socket.destroy();
  }
}

/** Connects to a server of ours. */
export async function connectPeer(port: number, reads: boolean = true, host: string = "127.0.0.1"): Promise<Peer> {
  const socket = new net.Socket({ allowHalfOpen: true });
  if (!reads) socket.pause();
  const peer = new Peer(socket, false);
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("error", reject);
    socket.connect({ port, host });
  });
  if (reads) peer.read();
  return peer;
}
