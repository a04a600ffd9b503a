import {
  type BaseProtocol,
  type EventLoop,
  getRunningLoop,
  Transport,
  type WriteBufferLimits,
  type WriteData,
} from "../../packages/asyncio/src/index.ts";

/**
 * A transport without a peer: keeps what is written, calls the protocol as a real one does, and logs what is asked of
 * it. `receive`, `receiveEof` and `lose` are the peer's part.
 */
export class FakeTransport extends Transport {
  readonly log: string[] = [];
  /** What was written. */
  sent: string = "";
  info: Record<string, unknown> = {};
  private protocol: BaseProtocol;
  private readonly loop: EventLoop;
  private closing: boolean = false;
  private gone: boolean = false;
  private paused: boolean = false;

  constructor(protocol: BaseProtocol, info: Record<string, unknown> = {}) {
    super();
    this.protocol = protocol;
    this.info = info;
    this.loop = getRunningLoop();
  }

  receive(data: string): void {
    (this.protocol as unknown as { dataReceived(data: Uint8Array): void }).dataReceived(new TextEncoder().encode(data));
  }

  receiveEof(): void {
    const keepOpen = (this.protocol as unknown as { eofReceived(): unknown }).eofReceived();
    if (keepOpen !== true) this.close();
  }

  /** The connection is gone, at once. */
  lose(error: unknown = null): void {
    this.closing = true;
    if (this.gone) return;
    this.gone = true;
    this.protocol.connectionLost(error);
  }

  close(): void {
    if (this.closing) return;
    this.closing = true;
    this.log.push("close");
    this.loop.callSoon(() => this.lose());
  }

  abort(): void {
    this.log.push("abort");
    this.closing = true;
    this.loop.callSoon(() => this.lose());
  }

  isClosing(): boolean {
    return this.closing;
  }

  setProtocol(protocol: BaseProtocol): void {
    this.protocol = protocol;
  }

  getProtocol(): BaseProtocol {
    return this.protocol;
  }

  override getExtraInfo(key: string, fallback: unknown = null): never {
    return (this.info[key] ?? fallback) as never;
  }

  isReading(): boolean {
    return !this.paused && !this.closing;
  }

  pauseReading(): void {
    this.log.push("pause");
    this.paused = true;
  }

  resumeReading(): void {
    this.log.push("resume");
    this.paused = false;
  }

  write(data: WriteData): void {
    this.sent += typeof data === "string" ? data : new TextDecoder().decode(data as Uint8Array);
  }

  writeLines(list: Iterable<WriteData>): void {
    for (const data of list) this.write(data);
  }

  writeEof(): void {
    this.log.push("eof");
  }

  canWriteEof(): boolean {
    return true;
  }

  setWriteBufferLimits(_limits?: WriteBufferLimits): void {}

  getWriteBufferLimits(): [low: number, high: number] {
    return [16_384, 65_536];
  }

  getWriteBufferSize(): number {
    return 0;
  }
}
