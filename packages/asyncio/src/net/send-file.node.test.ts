import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bodyOf } from "../../../../tests/support/both-kinds.ts";
import { type Peer, PeerServer, Recorder, rounds, until } from "../../../../tests/support/sockets.ts";
import {
  type Awaitable,
  CancelledError,
  ConnectionError,
  createTask,
  type EventLoop,
  FileNotFoundError,
  getRunningLoop,
  run,
  SendfileNotAvailableError,
  type Transport,
  wrapPromise,
} from "../index.ts";

const SIZE = 3_000_001;
const content = new Uint8Array(SIZE).map((_, i) => i % 251);
let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "send-"));
  file = join(folder, "file");
  writeFileSync(file, content);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Stage {
  readonly loop: EventLoop;
  readonly transport: Transport;
  readonly protocol: Recorder;
  readonly peer: Peer;
}

function withConnection(body: (stage: Stage) => Promise<void>, reads: boolean = true): Promise<void> {
  return run(async () => {
    const loop = getRunningLoop();
    const server = await PeerServer.listen({ reads });
    try {
      const [transport, protocol] = await loop.createConnection(() => new Recorder(), "127.0.0.1", server.port);
      await body({ loop, transport, protocol, peer: await server.peer() });
      transport.abort();
      await until(() => protocol.lost !== undefined);
    } finally {
      server.close();
    }
  });
}

describe.each(["generator", "native"])("sendFile in a %s coroutine", (kind) => {
  it("sends a file between what is written before and after", () =>
    withConnection(async ({ loop, transport, protocol, peer }) => {
      transport.write("head");
      const task = createTask(
        bodyOf(kind, function* (): Generator<Awaitable<unknown>, number, never> {
          return yield loop.sendFile(transport, file);
        }),
      );
      expect(await task).toBe(SIZE);
      transport.write("tail");
      await until(() => peer.bytes === SIZE + 8);
      expect([transport.isReading(), transport.getProtocol() === protocol]).toEqual([true, true]);
    }));
});

async function errorOf(awaitable: PromiseLike<unknown>): Promise<Error> {
  return await awaitable.then(
    () => {
      throw new Error("no error");
    },
    (error: Error) => error,
  );
}

describe("sendFile", () => {
  it("takes paths, URLs, handles, bytes and blobs, whole or in part", () =>
    withConnection(async ({ loop, transport, peer }) => {
      const handle = await open(file);
      const chunks: Buffer[] = [];
      peer.socket.on("data", (data: Buffer) => chunks.push(data));
      const sources = [file, pathToFileURL(file), handle, content, new Blob([content])];
      const expected: Uint8Array[] = [];
      for (const source of sources) {
        expect(await loop.sendFile(transport, source, 1000, 200_000)).toBe(200_000);
        expected.push(content.subarray(1000, 201_000));
        expect(await loop.sendFile(transport, source, SIZE - 3, 10)).toBe(3);
        expected.push(content.subarray(SIZE - 3));
        expect(await loop.sendFile(transport, source, SIZE)).toBe(0);
      }
      const whole = Buffer.concat(expected);
      await until(() => peer.bytes === whole.length);
      expect(Buffer.concat(chunks).equals(whole)).toBe(true);
      await handle.close();
    }));

  it("heeds flow control: a slow reader keeps it from reading on", () =>
    withConnection(async ({ loop, transport, protocol, peer }) => {
      const endless = new Uint8Array(50_000_000);
      const task = createTask(loop.sendFile(transport, endless));
      await rounds(100);
      expect(task.done()).toBe(false);
      expect(transport.getWriteBufferSize()).toBeLessThan(400_000);
      expect(() => transport.write("x")).toThrow("unable to write; sendFile is in progress");
      expect((await errorOf(loop.sendFile(transport, file))).message).toBe("sendFile is in progress already");
      peer.read();
      expect(await task).toBe(endless.length);
      await until(() => peer.bytes === endless.length);
      expect(protocol.log).toEqual(["made"]);
    }, false));

  it("does not read from the connection meanwhile", () =>
    withConnection(async ({ loop, transport, protocol, peer }) => {
      const task = createTask(loop.sendFile(transport, new Uint8Array(20_000_000)));
      await rounds(20);
      peer.socket.write("question");
      await rounds(20);
      expect(protocol.received).toBe("");
      peer.read();
      await task;
      await until(() => protocol.received === "question");
    }, false));

  it("can be cancelled; the connection goes on", () =>
    withConnection(async ({ loop, transport, protocol, peer }) => {
      const task = createTask(loop.sendFile(transport, new Uint8Array(20_000_000)));
      await rounds(20);
      task.cancel();
      await expect(task).rejects.toBeInstanceOf(CancelledError);
      expect(protocol.log).toEqual(["made", "pause"]);
      peer.read();
      await until(() => protocol.log.at(-1) === "resume");
      let tail = "";
      peer.socket.on("data", (data: Buffer) => {
        tail = data.toString().slice(-5);
      });
      transport.write("after");
      await until(() => tail === "after");
    }, false));

  it("can be cancelled at every moment, also while the file is opened and read", () =>
    withConnection(async ({ loop, transport, protocol }) => {
      for (let moment = 0; moment < 30; moment++) {
        const task = createTask(loop.sendFile(transport, file));
        for (let i = 0; i < moment; i++) await wrapPromise(() => rounds(1));
        task.cancel();
        await task.then(null, (error: unknown) => expect(error).toBeInstanceOf(CancelledError));
        expect([transport.getProtocol() === protocol, transport.isReading()]).toEqual([true, true]);
      }
      await rounds(50);
    }));

  it("fails when the connection is lost", () =>
    withConnection(async ({ loop, transport, protocol, peer }) => {
      const task = createTask(loop.sendFile(transport, new Uint8Array(50_000_000)));
      await rounds(20);
      peer.socket.resetAndDestroy();
      expect(await errorOf(task)).toBeInstanceOf(ConnectionError);
      await until(() => protocol.lost instanceof ConnectionError);
      expect((await errorOf(loop.sendFile(transport, file))).message).toBe("Transport is closing");
    }, false));

  it("fails when the transport is aborted under it", () =>
    withConnection(async ({ loop, transport }) => {
      const task = createTask(loop.sendFile(transport, new Uint8Array(50_000_000)));
      await rounds(20);
      transport.abort();
      const error = await errorOf(task);
      expect([error.name, error.message]).toEqual(["ConnectionError", "Connection is closed by peer"]);
    }, false));

  it("refuses what makes no sense", () =>
    withConnection(async ({ loop, transport, protocol }) => {
      const refused = async (awaitable: PromiseLike<unknown>, name: string, message: string): Promise<void> => {
        const error = await errorOf(awaitable);
        expect([error.name, error.message]).toEqual([name, message]);
      };
      const not = "SendfileNotAvailableError";
      await refused(
        loop.sendFile(transport, file, 0, null, { fallback: false }),
        not,
        "sendfile syscall is not supported",
      );
      expect(await errorOf(loop.sendFile(transport, join(folder, "none")))).toBeInstanceOf(FileNotFoundError);
      expect(new SendfileNotAvailableError("")).toBeInstanceOf(Error);
      await refused(loop.sendFile(transport, file, -1), "RangeError", "offset must be a non-negative integer (got -1)");
      await refused(
        loop.sendFile(transport, file, 0.5),
        "RangeError",
        "offset must be a non-negative integer (got 0.5)",
      );
      await refused(loop.sendFile(transport, file, 0, 0), "RangeError", "count must be a positive integer (got 0)");
      await refused(
        loop.sendFile(transport, 5 as never),
        "TypeError",
        "a path, FileHandle, Uint8Array or Blob was expected by sendFile(), got 5",
      );
      const foreign = { isClosing: () => false } as Transport;
      await refused(
        loop.sendFile(foreign, file),
        "RuntimeError",
        "sendFile is not supported for transport { isClosing: <function isClosing> }",
      );
      expect([transport.getProtocol() === protocol, transport.isReading()]).toEqual([true, true]);
      transport.write("still works");
    }));
});
