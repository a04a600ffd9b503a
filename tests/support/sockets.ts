import net from "node:net";
import { Worker } from "node:worker_threads";
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

/**
 * A port of this machine where connections neither succeed nor fail: somebody listens, does not accept, and has no room
 * left for more. Linux drops such attempts; elsewhere they may be refused.
 */
export class DeafServer {
  private readonly worker: Worker;
  readonly port: number;
  private readonly fillers: net.Socket[];

  private constructor(worker: Worker, port: number, fillers: net.Socket[]) {
    this.worker = worker;
    this.port = port;
    this.fillers = fillers;
  }

  static async listen(host: string): Promise<DeafServer> {
    const source = `
      const { parentPort } = require("node:worker_threads");
      const server = require("node:net").createServer();
      server.listen({ port: 0, host: ${JSON.stringify(host)}, backlog: 1 }, () => {
        parentPort.postMessage(server.address().port);
        setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20_000), 50);
      });`;
    const worker = new Worker(source, { eval: true });
    const port = await new Promise<number>((resolve, reject) => {
      worker.once("message", resolve);
      worker.once("error", reject);
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    const fillers: net.Socket[] = [];
    // As many as are answered at once.
    for (;;) {
      const socket = net.connect({ port, host });
      socket.on("error", () => {});
      fillers.push(socket);
      const connected = await new Promise<boolean>((resolve) => {
        socket.once("connect", () => resolve(true));
        setTimeout(() => resolve(false), 200);
      });
      if (!connected || fillers.length > 20) break;
    }
    return new DeafServer(worker, port, fillers);
  }

  async close(): Promise<void> {
    for (const socket of this.fillers) socket.destroy();
    await this.worker.terminate();
  }
}

/** Stands between a client and a server, and can vanish: from then on it reads nothing and closes nothing. */
export class DroppingProxy {
  private readonly server: net.Server;
  private readonly sockets: net.Socket[] = [];
  private gone: boolean = false;

  private constructor(target: number) {
    this.server = net.createServer({ allowHalfOpen: true, pauseOnConnect: true }, (near) => {
      const far = net.connect({ port: target, host: "127.0.0.1", allowHalfOpen: true });
      this.sockets.push(near, far);
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        from.on("error", () => {});
        from.on("data", (data) => this.gone || to.write(data));
        from.on("end", () => this.gone || to.end());
        from.resume();
      }
    });
  }

  static async listen(target: number): Promise<DroppingProxy> {
    const proxy = new DroppingProxy(target);
    await new Promise<void>((resolve) => proxy.server.listen(0, "127.0.0.1", resolve));
    return proxy;
  }

  get port(): number {
    return (this.server.address() as net.AddressInfo).port;
  }

  vanish(): void {
    this.gone = true;
    for (const socket of this.sockets) socket.pause();
  }

  close(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }
}
