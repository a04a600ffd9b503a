import { execFileSync } from "node:child_process";
import { closeSync, constants, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Writable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { onDeno } from "../../../../tests/support/child-process.ts";
import {
  BaseProtocol,
  type Future,
  getRunningLoop,
  type OSError,
  PermissionError,
  Protocol,
  type ReadTransport,
  RuntimeError,
  run,
  StreamReader,
  StreamReaderProtocol,
  sleep,
  type Transport,
  type WriteTransport,
} from "../index.ts";

class Reading extends Protocol {
  readonly events: string[] = [];
  received: number = 0;
  readonly lost: Future<unknown> = getRunningLoop().createFuture<unknown>();
  override connectionMade(_transport: Transport): void {
    this.events.push("made");
  }
  override dataReceived(data: Uint8Array): void {
    this.received += data.length;
  }
  override eofReceived(): void {
    this.events.push("eof");
  }
  override connectionLost(error: unknown): void {
    this.events.push("lost");
    this.lost.setResult(error);
  }
}

class Writing extends BaseProtocol {
  readonly events: string[] = [];
  readonly lost: Future<unknown> = getRunningLoop().createFuture<unknown>();
  override pauseWriting(): void {
    this.events.push("pause");
  }
  override resumeWriting(): void {
    this.events.push("resume");
  }
  override connectionLost(error: unknown): void {
    this.lost.setResult(error);
  }
}

describe("connectReadPipe and connectWritePipe", () => {
  let folder: string;
  let fifo: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "asyncio-ts-"));
    fifo = join(folder, "fifo");
    execFileSync("mkfifo", [fifo]);
    writeFileSync(join(folder, "file"), "text");
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  async function ends(): Promise<[ReadTransport, Reading, WriteTransport, Writing]> {
    const loop = getRunningLoop();
    const reading = openSync(fifo, constants.O_RDONLY | constants.O_NONBLOCK);
    const writing = openSync(fifo, constants.O_WRONLY | constants.O_NONBLOCK);
    const [reader, readingProtocol] = await loop.connectReadPipe(() => new Reading(), reading);
    const [writer, writingProtocol] = await loop.connectWritePipe(() => new Writing(), writing);
    return [reader, readingProtocol, writer, writingProtocol];
  }

  describe.skipIf(onDeno)("with descriptors", () => {
    it("carry bytes, and the end", () =>
      run(async () => {
        const [reader, reading, writer, writing] = await ends();
        expect([reader.isReading(), writer.getWriteBufferSize()]).toEqual([true, 0]);
        writer.write("some ");
        writer.writeLines(["more ", new Uint8Array(5)]);
        writer.close();
        expect([await writing.lost, await reading.lost]).toEqual([null, null]);
        expect([reading.events, reading.received]).toEqual([["made", "eof", "lost"], 15]);
        expect(getRunningLoop()._openEndpoints).toBe(0);
      }));

    it("have flow control", () =>
      run(async () => {
        const [reader, reading, writer, writing] = await ends();
        reader.pauseReading();
        writer.write(new Uint8Array(1_000_000));
        await sleep(0.02);
        expect(writing.events).toEqual(["pause"]);
        expect([reading.received, writer.getWriteBufferSize() > 0]).toEqual([0, true]);
        reader.resumeReading();
        writer.close();
        await reading.lost;
        expect([reading.received, writing.events]).toEqual([1_000_000, ["pause", "resume"]]);
      }));

    it("tell a writer that nobody reads any more, when it writes", () =>
      run(async () => {
        const [reader, reading, writer, writing] = await ends();
        reader.close();
        await reading.lost;
        await sleep(0.01);
        writer.write("x");
        expect(((await writing.lost) as OSError).code).toBe("EPIPE");
      }));

    it("abort drops what waits", () =>
      run(async () => {
        const [reader, reading, writer, writing] = await ends();
        reader.pauseReading();
        writer.write(new Uint8Array(1_000_000));
        writer.abort();
        expect(await writing.lost).toBe(null);
        reader.resumeReading();
        await reading.lost;
        expect(reading.received).toBeLessThan(1_000_000);
      }));

    it("refuse what cannot be waited for", () =>
      run(async () => {
        const fd = openSync("/dev/null", "r+");
        await expect(getRunningLoop().connectReadPipe(() => new Reading(), fd)).rejects.toBeInstanceOf(PermissionError);
        closeSync(fd);
      }));
  });

  it("refuse a regular file, and what is no pipe at all", () =>
    run(async () => {
      const loop = getRunningLoop();
      const fd = openSync(join(folder, "file"), "r+");
      await expect(loop.connectReadPipe(() => new Reading(), fd)).rejects.toThrow(
        new RangeError("Pipe transport is for pipes/sockets only."),
      );
      await expect(loop.connectWritePipe(() => new Writing(), fd)).rejects.toThrow(
        new RangeError("Pipe transport is only for pipes, sockets and character devices"),
      );
      closeSync(fd);
      await expect(loop.connectReadPipe(() => new Reading(), fd)).rejects.toMatchObject({ code: "EBADF" });
      for (const bad of [-1, 1.5, Number.NaN]) {
        await expect(loop.connectReadPipe(() => new Reading(), bad)).rejects.toThrow(RangeError);
      }
      for (const bad of ["x", null, {}, new Map()]) {
        await expect(loop.connectReadPipe(() => new Reading(), bad as never)).rejects.toThrow(TypeError);
        await expect(loop.connectWritePipe(() => new Writing(), bad as never)).rejects.toThrow(TypeError);
      }
      expect(() => loop.connectReadPipe(null as never, 0)).toThrow("the protocol factory must be a function");
      expect(loop._openEndpoints).toBe(0);
    }));

  it("take streams of the runtime", () =>
    run(async () => {
      const loop = getRunningLoop();
      const readable = new PassThrough();
      const writable = new Writable({
        write: (chunk, _, callback) => void readable.write(chunk, callback),
        final: (callback) => void readable.end(callback),
      });
      const reader = new StreamReader();
      await loop.connectReadPipe(() => new StreamReaderProtocol(reader), readable);
      const [writer, writing] = await loop.connectWritePipe(() => new Writing(), writable);
      writer.write("one\ntwo\n");
      writer.write("three");
      writer.close();
      const lines: string[] = [];
      for await (const line of reader) lines.push(new TextDecoder().decode(line));
      expect(lines).toEqual(["one\n", "two\n", "three"]);
      expect(await writing.lost).toBe(null);
    }));

  it("a stream that fails ends the protocol with its error", () =>
    run(async () => {
      const stream = new PassThrough();
      const [, reading] = await getRunningLoop().connectReadPipe(() => new Reading(), stream);
      const error = new RuntimeError("broken");
      stream.destroy(error);
      expect(await reading.lost).toBe(error);
    }));
});
