import dgram from "node:dgram";
import net from "node:net";
import { describe, expect, it } from "vitest";
import { bodyOf } from "../../../../tests/support/both-kinds.ts";
import { onDeno } from "../../../../tests/support/child-process.ts";
import { type Peer, PeerServer, rounds, until } from "../../../../tests/support/sockets.ts";
import {
  ConnectionResetError,
  createTask,
  type EventLoop,
  gather,
  getRunningLoop,
  NotImplementedError,
  OSError,
  run,
  sleep,
  wrapPromise,
} from "../index.ts";
import { runTest } from "../testing/index.ts";

const text = (data: Uint8Array): string => new TextDecoder().decode(data);

/** A socket of the program's, connected to a peer. */
async function connect(loop: EventLoop): Promise<{ socket: net.Socket; peer: Peer; server: PeerServer }> {
  const server = await PeerServer.listen();
  const socket = new net.Socket();
  await loop.sockConnect(socket, ["127.0.0.1", server.port]);
  const peer = await server.peer();
  return { socket, peer, server };
}

async function withPair(
  body: (loop: EventLoop, socket: net.Socket, peer: Peer, server: PeerServer) => Promise<void>,
): Promise<void> {
  await run(async () => {
    const loop = getRunningLoop();
    const { socket, peer, server } = await connect(loop);
    try {
      await body(loop, socket, peer, server);
    } finally {
      socket.destroy();
      server.close();
    }
  });
}

describe.each(["generator", "native"])("sockRecv, awaited by %s code", (kind) => {
  it("gives what is there, up to the size, and the rest to the next", () =>
    withPair(async (loop, socket, peer) => {
      peer.socket.write("hello world");
      const received = await createTask(
        bodyOf(kind, function* () {
          const parts: string[] = [];
          while (parts.join("").length < 11) parts.push(text((yield loop.sockRecv(socket, 5)) as Uint8Array));
          return parts;
        }),
      );
      expect(received).toEqual(["hello", " worl", "d"]);
    }));

  it("waits for data, and gives no bytes at the end of the stream, again and again", () =>
    withPair(async (loop, socket, peer) => {
      const log: string[] = [];
      const task = createTask(
        bodyOf(kind, function* () {
          for (let i = 0; i < 4; i++) log.push(text((yield loop.sockRecv(socket, 100)) as Uint8Array));
        }),
      );
      await rounds(5);
      expect(task.done()).toBe(false);
      peer.socket.write("one");
      await until(() => log.length === 1);
      peer.socket.end("two");
      await task;
      expect(log).toEqual(["one", "two", "", ""]);
    }));

  it("loses nothing when it is cancelled between the wake-up and its step", () =>
    withPair(async (loop, socket, peer) => {
      const receive = bodyOf(kind, function* () {
        return text((yield loop.sockRecv(socket, 100)) as Uint8Array);
      });
      const [task, next] = [createTask(receive), createTask(receive)];
      await rounds(2);
      // In the runtime's event, right after the wake-up; the task goes on in the next iteration.
      socket.on("readable", () => task.cancel());
      peer.socket.write("precious");
      await until(() => task.done());
      expect(task.cancelled()).toBe(true);
      expect(await next).toBe("precious");
    }));
});

describe("sockRecv", () => {
  it("serves several tasks in turn, and passes the turn of a cancelled one on", () =>
    withPair(async (loop, socket, peer) => {
      const log: string[] = [];
      const receive = (name: string) =>
        createTask(async () => {
          log.push(`${name} ${text(await loop.sockRecv(socket, 1))}`);
        });
      const tasks = ["a", "b", "c", "d"].map(receive);
      await rounds(2);
      tasks[1]!.cancel();
      peer.socket.write("123");
      await gather(tasks, { returnExceptions: true });
      expect(log).toEqual(["a 1", "c 2", "d 3"]);
    }));

  it("tells every task that waits of an end that came with the last data", () =>
    withPair(async (loop, socket, peer) => {
      const tasks = [1, 1, 1, 1].map((size) => createTask(loop.sockRecv(socket, size)));
      await rounds(2);
      peer.socket.end("ab");
      expect((await gather(tasks)).map(text)).toEqual(["a", "b", "", ""]);
    }));

  it("is no deadlock on a virtual clock: it waits for the outside", () =>
    runTest(async () => {
      const loop = getRunningLoop();
      const server = await wrapPromise(() => PeerServer.listen());
      const socket = new net.Socket();
      await loop.sockConnect(socket, ["127.0.0.1", server.port]);
      const peer = await wrapPromise(() => server.peer());
      void rounds(20).then(() => peer.socket.write("real"));
      expect(text(await loop.sockRecv(socket, 10))).toBe("real");
      socket.destroy();
      server.close();
    }));

  it("cancelled before its first step, has no effect", () =>
    withPair(async (loop, socket, peer) => {
      const task = createTask(loop.sockRecv(socket, 10));
      task.cancel();
      await expect(task).rejects.toThrow();
      peer.socket.write("x");
      expect(text(await loop.sockRecv(socket, 10))).toBe("x");
    }));

  it("slows the peer down while nobody receives", () =>
    withPair(async (loop, socket, peer) => {
      const total = 20_000_000;
      peer.socket.write(new Uint8Array(total));
      expect((await loop.sockRecv(socket, 1)).length).toBe(1);
      await rounds(100);
      expect(socket.bytesRead).toBeLessThan(1_000_000);
      let received = 1;
      while (received < total) received += (await loop.sockRecv(socket, 1_000_000)).length;
      expect(received).toBe(total);
    }));

  it("throws what the connection was lost with, after the data that came before", () =>
    withPair(async (loop, socket, peer) => {
      if (onDeno) return; // Its sockets cannot reset.
      const task = createTask(loop.sockRecv(socket, 10));
      await rounds(2);
      peer.socket.resetAndDestroy();
      await expect(task).rejects.toBeInstanceOf(ConnectionResetError);
    }));

  it("throws EBADF on a socket that is closed, also when it is closed meanwhile", () =>
    withPair(async (loop, socket) => {
      const task = createTask(loop.sockRecv(socket, 10));
      await rounds(2);
      socket.destroy();
      await expect(task).rejects.toMatchObject({ name: "OSError", code: "EBADF" });
      await expect(loop.sockRecv(socket, 10)).rejects.toThrow(/^\[Errno 9\] Bad file descriptor$/);
    }));

  it("throws ENOTCONN on one that was never connected", () =>
    run(async () => {
      const loop = getRunningLoop();
      await expect(loop.sockRecv(new net.Socket(), 10)).rejects.toMatchObject({ code: "ENOTCONN" });
      await expect(loop.sockSendAll(new net.Socket(), "x")).rejects.toMatchObject({ code: "ENOTCONN" });
    }));

  it("still lets the socket be written to after the peer's end", () =>
    withPair(async (loop, socket, peer) => {
      peer.socket.end("bye");
      expect(text(await loop.sockRecv(socket, 10))).toBe("bye");
      expect((await loop.sockRecv(socket, 10)).length).toBe(0);
      await rounds(5);
      await loop.sockSendAll(socket, "answer");
      await until(() => peer.received === "answer");
    }));

  it("leaves the socket to a transport afterwards, with the bytes that it has not taken", () =>
    withPair(async (loop, socket, peer) => {
      peer.socket.write("head|body");
      const head = await loop.sockRecv(socket, 5);
      expect(text(head)).toBe("head|");
      const { Protocol } = await import("../index.ts");
      let received = "";
      class Rest extends Protocol {
        override dataReceived(data: Uint8Array): void {
          received += text(data);
        }
      }
      const [transport] = await loop.connectAcceptedSocket(() => new Rest(), socket);
      peer.socket.write(" and more");
      await until(() => received === "body and more");
      await expect(loop.sockRecv(socket, 1)).rejects.toThrow(/^File descriptor <\w+> is used by transport <SocketTr/);
      transport.abort();
      await sleep(0);
    }));

  it("checks its arguments", () =>
    withPair(async (loop, socket) => {
      await expect(loop.sockRecv(socket, -1)).rejects.toThrow(new RangeError("negative buffersize in sockRecv"));
      await expect(loop.sockRecv(socket, Number.NaN)).rejects.toThrow(RangeError);
      await expect(loop.sockRecv(socket, 1.5)).rejects.toThrow(RangeError);
      await expect(loop.sockRecv(socket, "5" as never)).rejects.toThrow(TypeError);
      await expect(loop.sockRecv(null as never, 5)).rejects.toThrow(new RangeError("Invalid file object: null"));
      await expect(loop.sockRecv(5 as never, 5)).rejects.toThrow(NotImplementedError);
      expect((await loop.sockRecv(socket, 0)).length).toBe(0);
    }));

  it("refuses a socket that gives text", () =>
    withPair(async (loop, socket, peer) => {
      socket.setEncoding("utf8");
      peer.socket.write("text");
      await expect(loop.sockRecv(socket, 5)).rejects.toThrow("the socket must give bytes");
    }));
});

describe("sockRecvInto", () => {
  it("fills memory and gives the count", () =>
    withPair(async (loop, socket, peer) => {
      const buffer = new Uint8Array(4);
      peer.socket.write("abcdef");
      let all = "";
      while (all.length < 6) {
        const count = await loop.sockRecvInto(socket, buffer);
        expect(count).toBeLessThanOrEqual(4);
        all += text(buffer.subarray(0, count));
      }
      expect(all).toBe("abcdef");
      await expect(loop.sockRecvInto(socket, "memory" as never)).rejects.toThrow(TypeError);
      await expect(loop.sockRecvFromInto(socket, buffer, 5)).rejects.toThrow("nbytes is greater than the length");
      await expect(loop.sockRecvFromInto(socket, buffer, -1)).rejects.toThrow("negative buffersize");
    }));
});

describe("datagram sockets", () => {
  async function bound(): Promise<{ socket: dgram.Socket; port: number }> {
    const socket = dgram.createSocket("udp4");
    await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
    return { socket, port: socket.address().port };
  }

  it("receive packets with their senders, whole or cut off", () =>
    run(async () => {
      const loop = getRunningLoop();
      const [a, b] = [await bound(), await bound()];
      const first = createTask(loop.sockRecvFrom(b.socket, 100));
      await rounds(2);
      expect(await loop.sockSendTo(a.socket, "hello", ["127.0.0.1", b.port])).toBe(5);
      const [data, address] = await first;
      expect([text(data), address]).toEqual(["hello", ["127.0.0.1", a.port]]);
      await loop.sockSendTo(a.socket, "cut off", ["localhost", b.port]);
      await loop.sockSendTo(a.socket, "", ["127.0.0.1", b.port]);
      await loop.sockSendTo(a.socket, "whole", ["127.0.0.1", b.port]);
      expect(text(await loop.sockRecv(b.socket, 3))).toBe("cut");
      const buffer = new Uint8Array(10);
      expect(await loop.sockRecvFromInto(b.socket, buffer)).toEqual([0, ["127.0.0.1", a.port]]);
      expect(await loop.sockRecvInto(b.socket, buffer)).toBe(5);
      expect(text(buffer.subarray(0, 5))).toBe("whole");
      a.socket.close();
      b.socket.close();
    }));

  it("keep packets that nobody has received yet up to a bound", () =>
    run(async () => {
      const loop = getRunningLoop();
      const socket = dgram.createSocket("udp4");
      socket.bind = (() => socket) as never;
      const waiting = createTask(loop.sockRecvFrom(socket, 10));
      await sleep(0);
      waiting.cancel();
      const from = { address: "127.0.0.1", family: "IPv4", port: 9 };
      for (let i = 0; i < 100_000; i++) socket.emit("message", new Uint8Array(36), from);
      let count = 0;
      while (count < 10_485) {
        await loop.sockRecvFrom(socket, 100);
        count++;
      }
      const none = createTask(loop.sockRecvFrom(socket, 100));
      await rounds(3);
      expect(none.done()).toBe(false);
      none.cancel();
      socket.close();
    }));

  it("throw EBADF once they are closed", () =>
    run(async () => {
      const loop = getRunningLoop();
      const { socket } = await bound();
      const task = createTask(loop.sockRecv(socket, 10));
      await rounds(2);
      socket.close();
      await expect(task).rejects.toMatchObject({ code: "EBADF" });
      await expect(loop.sockRecv(socket, 10)).rejects.toBeInstanceOf(OSError);
      await expect(loop.sockSendTo(socket, "x", ["127.0.0.1", 9])).rejects.toMatchObject({ code: "EBADF" });
      const late = (await bound()).socket;
      late.close();
      await expect(loop.sockRecv(late, 10)).rejects.toMatchObject({ code: "EBADF" });
    }));
});
