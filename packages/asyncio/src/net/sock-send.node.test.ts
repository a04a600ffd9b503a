import dgram from "node:dgram";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bodyOf } from "../../../../tests/support/both-kinds.ts";
import { onDeno } from "../../../../tests/support/child-process.ts";
import { type Peer, PeerServer, rounds, until } from "../../../../tests/support/sockets.ts";
import {
  BrokenPipeError,
  ConnectionError,
  createTask,
  type EventLoop,
  gather,
  getRunningLoop,
  run,
  SendfileNotAvailableError,
} from "../index.ts";

async function withPair(
  body: (loop: EventLoop, socket: net.Socket, peer: Peer) => Promise<void>,
  reads: boolean = true,
): Promise<void> {
  await run(async () => {
    const loop = getRunningLoop();
    const server = await PeerServer.listen({ reads });
    const socket = new net.Socket();
    await loop.sockConnect(socket, ["127.0.0.1", server.port]);
    try {
      await body(loop, socket, await server.peer());
    } finally {
      socket.destroy();
      server.close();
    }
  });
}

describe.each(["generator", "native"])("sockSendAll, awaited by %s code", (kind) => {
  it("sends all, and waits until the system has it", () =>
    withPair(async (loop, socket, peer) => {
      const data = Buffer.alloc(5_000_000, "0123456789");
      await createTask(
        bodyOf(kind, function* () {
          yield loop.sockSendAll(socket, data);
          yield loop.sockSendAll(socket, "");
          yield loop.sockSendAll(socket, "end");
        }),
      );
      expect(socket.writableLength).toBe(0);
      await until(() => peer.bytes === 5_000_003);
    }));

  it("waits for a peer that does not read, and stops soon after it is cancelled", () =>
    withPair(async (loop, socket, peer) => {
      const task = createTask(
        bodyOf(kind, function* () {
          yield loop.sockSendAll(socket, new Uint8Array(100_000_000));
        }),
      );
      await until(() => socket.writableLength > 0);
      await rounds(20);
      expect(task.done()).toBe(false);
      expect(socket.writableLength).toBeLessThanOrEqual(262_144);
      task.cancel();
      await until(() => task.done());
      expect(task.cancelled()).toBe(true);
      peer.read();
      await until(() => socket.writableLength === 0);
      await loop.sockSendAll(socket, "next");
      await until(() => peer.bytes === socket.bytesWritten);
      expect(peer.bytes).toBeLessThan(50_000_000);
    }, false));
});

describe("sockSendAll", () => {
  it("keeps the messages of several tasks whole, in their order", () =>
    withPair(async (loop, socket, peer) => {
      const pieces: Buffer[] = [];
      peer.socket.on("data", (data: Buffer) => pieces.push(data));
      const sizes = [700_000, 10, 600_000, 5];
      await gather(sizes.map((size, i) => loop.sockSendAll(socket, Buffer.alloc(size, String(i)))));
      const total = sizes.reduce((sum, size) => sum + size);
      await until(() => peer.bytes === total);
      const runs = Buffer.concat(pieces)
        .toString()
        .match(/(.)\1*/g)!;
      expect(runs.map((each) => [each[0], each.length])).toEqual(sizes.map((size, i) => [String(i), size]));
    }));

  it("fails when the connection is lost, in the middle or before", () =>
    withPair(async (loop, socket, peer) => {
      const task = createTask(loop.sockSendAll(socket, new Uint8Array(100_000_000)));
      await until(() => socket.writableLength > 0);
      if (onDeno) peer.socket.destroy();
      else peer.socket.resetAndDestroy();
      await expect(task).rejects.toBeInstanceOf(ConnectionError);
      await expect(loop.sockSendAll(socket, "x")).rejects.toBeInstanceOf(ConnectionError);
    }, false));

  it("fails on a socket that is ended", () =>
    withPair(async (loop, socket) => {
      socket.end();
      await expect(loop.sockSendAll(socket, "x")).rejects.toBeInstanceOf(BrokenPipeError);
    }));

  it("fails on a socket that is closed", () =>
    withPair(async (loop, socket) => {
      socket.destroy();
      await expect(loop.sockSendAll(socket, "x")).rejects.toMatchObject({ name: "OSError", code: "EBADF" });
    }));

  it("fails when the program closes the socket meanwhile", () =>
    withPair(async (loop, socket) => {
      const task = createTask(loop.sockSendAll(socket, new Uint8Array(100_000_000)));
      const next = createTask(loop.sockSendAll(socket, new Uint8Array(1_000_000)));
      await until(() => socket.writableLength > 0);
      socket.destroy();
      const errors = await gather([task, next], { returnExceptions: true });
      expect(errors.map((error) => (error as { code?: unknown }).code)).toEqual(["EBADF", "EBADF"]);
    }, false));

  it("refuses what is no data", () =>
    withPair(async (loop, socket) => {
      await expect(loop.sockSendAll(socket, 5 as never)).rejects.toThrow(
        "data argument must be a bytes-like object or a string, not number",
      );
    }));
});

describe("sockSendTo and sockSendAll of datagram sockets", () => {
  it("send to an address, or to the peer, and fail as the system does", () =>
    run(async () => {
      const loop = getRunningLoop();
      const [a, b] = [dgram.createSocket("udp4"), dgram.createSocket("udp4")];
      for (const each of [a, b]) await new Promise<void>((resolve) => each.bind(0, "127.0.0.1", resolve));
      const { port } = b.address();
      await expect(loop.sockSendAll(a, "x")).rejects.toMatchObject({ code: "EDESTADDRREQ" });
      await expect(loop.sockSendTo(a, "x", ["127.0.0.1", 0])).rejects.toMatchObject({ code: "EINVAL" });
      await expect(loop.sockSendTo(a, "x", ["127.0.0.1", 70_000])).rejects.toThrow(
        new RangeError("sockSendTo(): port must be 0-65535."),
      );
      await expect(loop.sockSendTo(a, "x", null)).rejects.toThrow(TypeError);
      await expect(loop.sockSendTo(a, new Uint8Array(70_000), ["127.0.0.1", port])).rejects.toMatchObject({
        code: "EMSGSIZE",
      });
      await expect(loop.sockSendTo(new net.Socket(), "x", ["127.0.0.1", port])).rejects.toThrow(
        "A Datagram Socket was expected",
      );
      const received = createTask(loop.sockRecv(b, 100));
      await loop.sockConnect(a, ["127.0.0.1", port]);
      await loop.sockSendAll(a, "to the peer");
      expect(Buffer.from(await received).toString()).toBe("to the peer");
      expect(await loop.sockSendTo(a, "again", ["127.0.0.1", port])).toBe(5);
      await expect(loop.sockSendTo(a, "x", ["127.0.0.1", 9])).rejects.toMatchObject({ code: "EISCONN" });
      a.close();
      b.close();
    }));
});

describe("sockSendFile", () => {
  it("sends a file, or a part of it", () =>
    withPair(async (loop, socket, peer) => {
      const folder = mkdtempSync(join(tmpdir(), "file-"));
      const file = join(folder, "file");
      writeFileSync(file, Buffer.alloc(1_000_000, "abcdefghij"));
      expect(await loop.sockSendFile(socket, file)).toBe(1_000_000);
      await until(() => peer.bytes === 1_000_000);
      expect(await loop.sockSendFile(socket, file, 999_995, 100)).toBe(5);
      expect(await loop.sockSendFile(socket, file, 3, 4)).toBe(4);
      await until(() => peer.bytes === 1_000_009);
      await expect(loop.sockSendFile(socket, file, 0, null, { fallback: false })).rejects.toBeInstanceOf(
        SendfileNotAvailableError,
      );
      await expect(loop.sockSendFile(socket, file, -1)).rejects.toThrow("offset must be a non-negative integer");
      await expect(loop.sockSendFile(socket, file, 0, 0)).rejects.toThrow("count must be a positive integer");
      const datagrams = dgram.createSocket("udp4");
      await expect(loop.sockSendFile(datagrams, file)).rejects.toThrow("only SOCK_STREAM type sockets are supported");
      datagrams.close();
      rmSync(folder, { recursive: true });
    }));
});
