import { inspectCustom, repr } from "../loop/repr.ts";
import { CloseWaiter } from "../net/close-waiter.ts";
import { DrainHelper } from "../net/drain-helper.ts";
import { SubprocessProtocol } from "../net/protocol.ts";
import { StreamReader } from "../net/stream-reader.ts";
import { StreamWriter, type WriterProtocol } from "../net/stream-writer.ts";
import type { ReadTransport, SubprocessTransport, Transport } from "../net/transport.ts";
import type { EventLoop } from "../tasks/event-loop.ts";

/** Makes streams of a child's pipes. asyncio: `SubprocessStreamProtocol`. */
export class SubprocessStreamProtocol extends SubprocessProtocol implements WriterProtocol {
  stdin: StreamWriter | null = null;
  stdout: StreamReader | null = null;
  stderr: StreamReader | null = null;
  /** @internal */ readonly _drain: DrainHelper = new DrainHelper();
  private readonly loop: EventLoop;
  private readonly limit: number | undefined;
  private readonly stdinClosed: CloseWaiter;
  private transport: SubprocessTransport | null = null;
  private readonly open: Set<number> = new Set();
  private exited: boolean = false;

  /** `limit`: of the readers, in bytes, see `StreamReader`. */
  constructor(loop: EventLoop, limit?: number) {
    super();
    this.loop = loop;
    this.limit = limit;
    this.stdinClosed = new CloseWaiter(loop);
  }

  override connectionMade(transport: SubprocessTransport): void {
    this.transport = transport;
    this.stdout = this.reader(1, transport);
    this.stderr = this.reader(2, transport);
    const stdin = transport.getPipeTransport(0) as Transport | null;
    if (stdin !== null) this.stdin = new StreamWriter(stdin, this, null, this.loop);
  }

  private reader(fd: number, transport: SubprocessTransport): StreamReader | null {
    const pipe = transport.getPipeTransport(fd) as ReadTransport | null;
    if (pipe === null) return null;
    const reader = new StreamReader({ loop: this.loop, ...(this.limit !== undefined && { limit: this.limit }) });
    reader.setTransport(pipe);
    this.open.add(fd);
    return reader;
  }

  private readerOf(fd: number): StreamReader | null {
    return fd === 1 ? this.stdout : fd === 2 ? this.stderr : null;
  }

  override pipeDataReceived(fd: number, data: Uint8Array): void {
    this.readerOf(fd)?.feedData(data);
  }

  override pipeConnectionLost(fd: number, error: unknown): void {
    if (fd === 0) {
      this.stdin?.close();
      this._drain.connectionLost(error);
      this.stdinClosed.close(error);
      return;
    }
    const reader = this.readerOf(fd);
    if (error === null) reader?.feedEof();
    else reader?.setException(error);
    this.open.delete(fd);
    this.maybeClose();
  }

  override pauseWriting(): void {
    this._drain.pauseWriting();
  }

  override resumeWriting(): void {
    this._drain.resumeWriting();
  }

  override processExited(): void {
    this.exited = true;
    this.maybeClose();
  }

  private maybeClose(): void {
    if (this.exited && this.open.size === 0) this.transport?.close();
  }

  /** @internal */
  _closeWaiter(_writer: StreamWriter): CloseWaiter {
    return this.stdinClosed;
  }

  /** @internal */
  _repr(): string {
    const { stdin, stdout, stderr } = this;
    const streams = Object.entries({ stdin, stdout, stderr }).filter(([, stream]) => stream !== null);
    return `<${["SubprocessStreamProtocol", ...streams.map(([name, stream]) => `${name}=${repr(stream)}`)].join(" ")}>`;
  }

  override toString(): string {
    return this._repr();
  }

  /** @internal */
  [inspectCustom](): string {
    return this._repr();
  }
}
