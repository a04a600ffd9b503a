// A transport without a peer that prints what is asked of it; its counterpart stands in twin.py.

import { getRunningLoop, type StreamReaderProtocol, Transport, type WriteData } from "asyncio-ts";
import type { Print } from "../twin.ts";

const decoder = new TextDecoder();

/** Bytes as text. */
export function text(data: unknown): string {
  return typeof data === "string" ? data : decoder.decode(data as Uint8Array);
}

export class Wire extends Transport {
  info: Record<string, unknown>;
  private readonly print: Print;
  private readonly protocol: StreamReaderProtocol | null;
  private closing: boolean = false;

  constructor(print: Print, protocol: StreamReaderProtocol | null = null, info: Record<string, unknown> = {}) {
    super();
    this.print = print;
    this.protocol = protocol;
    this.info = info;
  }

  write(data: WriteData): void {
    this.print("write", text(data));
  }

  writeLines(list: Iterable<WriteData>): void {
    this.print("writelines", Array.from(list, text).join(","));
  }

  writeEof(): void {
    this.print("write_eof");
  }

  canWriteEof(): boolean {
    return true;
  }

  close(): void {
    this.print("close");
    this.closing = true;
    getRunningLoop().callSoon(() => this.protocol?.connectionLost(null));
  }

  abort(): void {
    this.close();
  }

  isClosing(): boolean {
    return this.closing;
  }

  pauseReading(): void {
    this.print("pause_reading");
  }

  resumeReading(): void {
    this.print("resume_reading");
  }

  isReading(): boolean {
    return !this.closing;
  }

  override getExtraInfo(key: string, fallback: unknown = null): never {
    return (this.info[key] ?? fallback) as never;
  }

  setProtocol(): void {}

  getProtocol(): StreamReaderProtocol {
    return this.protocol!;
  }

  setWriteBufferLimits(): void {}

  getWriteBufferLimits(): [low: number, high: number] {
    return [0, 0];
  }

  getWriteBufferSize(): number {
    return 0;
  }
}
