import { makeSystemError } from "../loop/system-errors.ts";
import type { NodeSocket } from "../net/node.ts";
import { Protocol } from "../net/protocol.ts";
import { SocketTransport } from "../net/socket-transport.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import { asSocket } from "./pipe-socket.ts";
import { whenReaderCloses } from "./reader-watch.ts";

/** The names of a child's standard streams. */
export const STREAMS: readonly string[] = ["stdin", "stdout", "stderr"];

/** The child at whose pipes these are. */
export interface PipeOwner {
  getPid(): number;
  _pipeData(fd: number, data: Uint8Array): void;
  _pipeLost(fd: number, error: unknown): void;
  _pauseWriting(): void;
  _resumeWriting(): void;
}

/** The protocol of one pipe of a child: it tells the child's. asyncio: `ReadSubprocessPipeProto`, `Write…`. */
export class ChildPipe extends Protocol {
  readonly transport: SocketTransport;
  disconnected: boolean = false;
  private connected: boolean = false;
  private readonly owner: PipeOwner;
  private readonly fd: number;
  private unsent: boolean = false;

  constructor(loop: EventLoop, owner: PipeOwner, fd: number, socket: NodeSocket) {
    super();
    this.owner = owner;
    this.fd = fd;
    if (fd === 0) socket.on("close", () => this.noteUnsent());
    this.transport = new SocketTransport(loop, asSocket(socket), this, {
      extra: { pipe: socket },
      direction: fd === 0 ? "write" : "read",
      name: `pid=${owner.getPid()} ${STREAMS[fd]}`,
    });
    if (fd === 0) this.watchWriting(socket);
    else this.watchReading(socket);
  }

  private watchWriting(socket: NodeSocket): void {
    whenReaderCloses(socket, () => {
      this.noteUnsent();
      this.transport.abort();
    });
  }

  /**
   * When a child exits, all runtimes let its pipes flow, whether anybody listens or not. So we listen from the start, and
   * stop the flow wherever the transport is not reading; what has come is not lost.
   */
  private watchReading(socket: NodeSocket): void {
    const { transport } = this;
    socket.on("data", (data: Uint8Array) => {
      if (!this.connected) transport._feed(data);
      if (!this.connected || !transport.isReading()) socket.pause();
    });
    socket.on("end", () => {
      if (!this.connected) transport._feedEof();
    });
    socket.pause();
  }

  /** From here on the transport listens itself. */
  override connectionMade(): void {
    this.connected = true;
  }

  override dataReceived(data: Uint8Array): void {
    this.owner._pipeData(this.fd, data);
  }

  override connectionLost(error: unknown): void {
    this.disconnected = true;
    this.owner._pipeLost(this.fd, error ?? (this.unsent ? makeSystemError("EPIPE") : null));
  }

  override pauseWriting(): void {
    this.owner._pauseWriting();
  }

  override resumeWriting(): void {
    this.owner._resumeWriting();
  }

  /** The pipe is being closed by its other end: the runtime does not tell of what it drops then. */
  noteUnsent(): void {
    if (this.transport.getWriteBufferSize() > 0) this.unsent = true;
  }
}
