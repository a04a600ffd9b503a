import dgram from "node:dgram";
import net from "node:net";
import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { connectPeer, PeerServer, rounds, until } from "../../../../tests/support/sockets.ts";
import {
  ContextVar,
  createTask,
  EventLoop,
  getRunningLoop,
  NotImplementedError,
  RuntimeError,
  run,
  sleep,
} from "../index.ts";

async function pair(loop: EventLoop): Promise<{ socket: net.Socket; peer: net.Socket; close: () => void }> {
  const server = await PeerServer.listen();
  const socket = new net.Socket();
  await loop.sockConnect(socket, ["127.0.0.1", server.port]);
  const peer = (await server.peer()).socket;
  return {
    socket,
    peer,
    close: () => {
      socket.destroy();
      server.close();
    },
  };
}

describe("addReader", () => {
  it("calls back while something can be read, once an iteration, in its context", () =>
    run(async () => {
      const loop = getRunningLoop();
      const { socket, peer, close } = await pair(loop);
      const name = new ContextVar<string>("name");
      name.set("mine");
      const calls: string[] = [];
      loop.addReader(
        socket,
        (prefix: string, size: number) => {
          const data = calls.length < 2 ? null : (socket.read(Math.min(size, socket.readableLength)) as Buffer | null);
          calls.push(`${prefix} ${data} ${name.get()}`);
        },
        "got",
        3,
      );
      await rounds(5);
      expect(calls).toEqual([]);
      peer.write("abcdef");
      await until(() => calls.length === 4);
      await rounds(5);
      expect(calls).toEqual(["got null mine", "got null mine", "got abc mine", "got def mine"]);
      expect(loop.removeReader(socket)).toBe(true);
      expect(loop.removeReader(socket)).toBe(false);
      peer.write("more");
      await rounds(10);
      expect(calls.length).toBe(4);
      expect(Buffer.from(await loop.sockRecv(socket, 10)).toString()).toBe("more");
      close();
    }));

  it("does not starve the others when nobody reads, and stops at once when it is removed", () =>
    run(async () => {
      const loop = getRunningLoop();
      const { socket, peer, close } = await pair(loop);
      let calls = 0;
      loop.addReader(socket, () => calls++);
      peer.write("x");
      await until(() => calls > 10);
      const before = calls;
      await sleep(0);
      expect(calls - before).toBeLessThanOrEqual(2);
      // It is in the queue of the next iteration already.
      loop.removeReader(socket);
      const last = calls;
      await rounds(5);
      expect(calls).toBe(last);
      close();
    }));

  it("is replaced by a second call", () =>
    run(async () => {
      const loop = getRunningLoop();
      const { socket, peer, close } = await pair(loop);
      const calls: string[] = [];
      loop.addReader(socket, () => calls.push("first"));
      loop.addReader(socket, () => calls.push(String(socket.read())));
      peer.write("x");
      await until(() => calls.length > 0);
      await rounds(3);
      expect(calls).toEqual(["x"]);
      expect(loop.removeReader(socket)).toBe(true);
      expect(loop.removeReader(socket)).toBe(false);
      close();
    }));

  it("goes on after a callback that throws, which is reported", () =>
    run(async () => {
      const loop = getRunningLoop();
      const { socket, peer, close } = await pair(loop);
      const reports: string[] = [];
      loop.setExceptionHandler((_loop, context) => reports.push(`${context.message}: ${context.exception}`));
      let calls = 0;
      loop.addReader(socket, function reader() {
        if (++calls === 1) throw new Error("no");
        socket.read();
      });
      peer.write("x");
      await until(() => calls === 2);
      expect(reports).toEqual([expect.stringMatching(/^Exception in callback reader\(\).*: Error: no$/)]);
      close();
    }));

  it("tells of the end as long as it is there, and of a closed socket once", () =>
    run(async () => {
      const loop = getRunningLoop();
      const { socket, peer, close } = await pair(loop);
      let calls = 0;
      loop.addReader(socket, () => calls++);
      peer.end();
      await until(() => calls >= 3);
      expect((await loop.sockRecv(socket, 1)).length).toBe(0);
      socket.destroy();
      await rounds(5);
      const last = calls;
      await rounds(5);
      expect(calls).toBe(last);
      expect(loop.removeReader(socket)).toBe(true);
      close();
    }));

  it("tells of an end that came with the last data", () =>
    run(async () => {
      const loop = getRunningLoop();
      const stream = new PassThrough();
      const log: string[] = [];
      loop.addReader(stream, () => {
        const data = stream.read(Math.min(2, stream.readableLength)) as Buffer | null;
        log.push(data === null ? "end" : data.toString());
        if (data === null) loop.removeReader(stream);
      });
      stream.end("hello");
      await until(() => log.includes("end"));
      expect(log).toEqual(["he", "ll", "o", "end"]);
    }));

  it("lets tasks that wait in sockRecv go first", () =>
    run(async () => {
      const loop = getRunningLoop();
      const { socket, peer, close } = await pair(loop);
      const log: string[] = [];
      loop.addReader(socket, () => log.push(`reader ${socket.read()}`));
      const task = createTask(async () => {
        log.push(`task ${Buffer.from(await loop.sockRecv(socket, 1))}`);
      });
      await rounds(2);
      peer.write("ab");
      await task;
      await until(() => log.length === 2);
      expect(log).toEqual(["task a", "reader b"]);
      close();
    }));

  it("watches servers, datagram sockets and streams", () =>
    run(async () => {
      const loop = getRunningLoop();
      const server = net.createServer();
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const datagrams = dgram.createSocket("udp4");
      await new Promise<void>((resolve) => datagrams.bind(0, "127.0.0.1", resolve));
      const stream = new PassThrough();
      const seen = new Set<string>();
      loop.addReader(server, () => seen.add("server"));
      loop.addReader(datagrams, () => seen.add("datagrams"));
      loop.addReader(stream, () => seen.add("stream"));
      await rounds(5);
      expect([...seen]).toEqual([]);
      const peer = await connectPeer((server.address() as net.AddressInfo).port);
      await loop.sockSendTo(datagrams, "x", ["127.0.0.1", datagrams.address().port]);
      stream.write("x");
      await until(() => seen.size === 3);
      const [accepted] = await loop.sockAccept<net.Socket>(server);
      for (const source of [server, datagrams, stream]) expect(loop.removeReader(source)).toBe(true);
      peer.socket.destroy();
      accepted.destroy();
      server.close();
      datagrams.close();
    }));

  it("ends with its loop, and leaves the socket to the next one", async () => {
    const server = await PeerServer.listen();
    const socket = new net.Socket();
    let calls = 0;
    await run(async () => {
      await getRunningLoop().sockConnect(socket, ["127.0.0.1", server.port]);
      getRunningLoop().addReader(socket, () => calls++);
    });
    (await server.peer()).socket.write("late");
    await rounds(10);
    expect(calls).toBe(0);
    await run(async () => {
      expect(Buffer.from(await getRunningLoop().sockRecv(socket, 10)).toString()).toBe("late");
    });
    socket.destroy();
    server.close();
  });

  it("of another open loop is an error", () =>
    run(async () => {
      const loop = getRunningLoop();
      const { socket, close } = await pair(loop);
      const other = new EventLoop();
      other.addReader(socket, () => {});
      expect(() => loop.addReader(socket, () => {})).toThrow("Another event loop has a callback for this already");
      expect(loop.removeReader(socket)).toBe(false);
      other.close();
      expect(other.removeReader(socket)).toBe(false);
      loop.addReader(socket, () => {});
      expect(() => other.addReader(socket, () => {})).toThrow("Event loop is closed");
      close();
    }));
});

describe("addWriter", () => {
  it("calls back while there is room, and not while there is none", () =>
    run(async () => {
      const loop = getRunningLoop();
      const { socket, peer, close } = await pair(loop);
      peer.pause();
      let calls = 0;
      let full = false;
      loop.addWriter(socket, () => {
        calls++;
        expect(full).toBe(false);
        full = !socket.write(new Uint8Array(1_000_000));
      });
      await until(() => full);
      await rounds(10);
      const atFull = calls;
      await rounds(10);
      expect(calls).toBe(atFull);
      socket.once("drain", () => {
        full = false;
      });
      peer.resume();
      await until(() => calls > atFull);
      expect(loop.removeWriter(socket)).toBe(true);
      expect(loop.removeWriter(socket)).toBe(false);
      close();
    }));

  it("tells when a socket is connected, or could not be", () =>
    run(async () => {
      const loop = getRunningLoop();
      const server = await PeerServer.listen();
      const good = new net.Socket();
      const bad = new net.Socket();
      const log: string[] = [];
      loop.addWriter(good, () => {
        log.push(`good ${good.connecting} ${good.destroyed}`);
        loop.removeWriter(good);
      });
      loop.addWriter(bad, () => {
        log.push(`bad ${bad.connecting} ${bad.destroyed}`);
        loop.removeWriter(bad);
      });
      await rounds(3);
      expect(log).toEqual([]);
      good.connect(server.port, "127.0.0.1");
      await until(() => log.length === 1);
      const { port } = server;
      server.close();
      await until(() => !server.server.listening);
      bad.connect(port, "127.0.0.1");
      await until(() => log.length === 2);
      expect(log).toEqual(["good false false", "bad false true"]);
      good.destroy();
    }));
});

describe("what cannot be watched", () => {
  it("bare descriptors: the error names the method, the reason and the ways out", () =>
    run(async () => {
      const loop = getRunningLoop();
      const methods = {
        addReader: () => loop.addReader(0, () => {}),
        removeReader: () => loop.removeReader(0),
        addWriter: () => loop.addWriter(0, () => {}),
        removeWriter: () => loop.removeWriter(0),
      };
      for (const [name, call] of Object.entries(methods)) {
        expect(call).toThrow(NotImplementedError);
        expect(call).toThrow(
          new RegExp(`^loop\\.${name}\\(\\) cannot use a bare descriptor \\(0\\).*native loop.*openConnection\\(\\)`),
        );
      }
      expect(() => loop.addReader({ fileno: () => 5 }, () => {})).toThrow(NotImplementedError);
      expect(() => loop.addReader(-1, () => {})).toThrow(new RangeError("Invalid file descriptor: -1"));
      expect(() => loop.addReader(Number.NaN, () => {})).toThrow(new RangeError("Invalid file descriptor: NaN"));
      expect(() => loop.addReader("x" as never, () => {})).toThrow(new RangeError("Invalid file object: 'x'"));
      expect(() => loop.addReader({}, () => {})).toThrow(RangeError);
    }));

  it("sockets of transports, and callbacks that are none", () =>
    run(async () => {
      const loop = getRunningLoop();
      const { Protocol } = await import("../index.ts");
      const server = await PeerServer.listen();
      const [transport] = await loop.createConnection(() => new Protocol(), "127.0.0.1", server.port);
      const socket = transport.getExtraInfo("socket") as net.Socket;
      for (const call of [() => loop.addReader(socket, () => {}), () => loop.removeWriter(socket)]) {
        expect(call).toThrow(RuntimeError);
        expect(call).toThrow(/^File descriptor <Socket> is used by transport <SocketTransport open/);
      }
      transport.abort();
      const { DatagramProtocol } = await import("../index.ts");
      const [endpoint] = await loop.createDatagramEndpoint(() => new DatagramProtocol(), {
        localAddr: ["127.0.0.1", 0],
      });
      expect(() => loop.addReader(endpoint.getExtraInfo("socket") as object, () => {})).toThrow(/is used by transport/);
      endpoint.close();
      const free = new net.Socket();
      expect(() => loop.addReader(free, async () => {})).toThrow("coroutines cannot be used with addReader()");
      expect(() => loop.addWriter(free, null as never)).toThrow(TypeError);
      expect(() => loop.addWriter(server.server, () => {})).toThrow("Invalid file object: <Server>");
      server.close();
    }));
});
