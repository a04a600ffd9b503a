import net from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bodyOf } from "../../../../tests/support/both-kinds.ts";
import { onBun, onDeno } from "../../../../tests/support/child-process.ts";
import { connectPeer, DeafServer, PeerServer, Recorder, rounds, until } from "../../../../tests/support/sockets.ts";
import {
  AF_INET,
  type Awaitable,
  CancelledError,
  type ConnectionOptions,
  ConnectionRefusedError,
  type Coroutine,
  createTask,
  ExceptionGroup,
  getRunningLoop,
  newEventLoop,
  OSError,
  RuntimeError,
  run,
  sleep,
  type Task,
  TimeoutError,
  type Transport,
  timeout,
  wrapPromise,
} from "../index.ts";
import { interleave } from "./connect-address.ts";
import type { AddressInfo } from "./get-addr-info.ts";

let server: PeerServer;
beforeEach(async () => {
  server = await PeerServer.listen();
});
afterEach(() => server.close());

const make = (): Recorder => new Recorder();

/** A port of this machine that nobody listens on. */
async function freePort(): Promise<number> {
  const other = await PeerServer.listen();
  const { port } = other;
  other.close();
  await until(() => !other.server.listening);
  return port;
}

/** Gives these addresses for every name. */
function resolveTo(...addresses: string[]): void {
  getRunningLoop().setResolver({
    *lookup() {
      yield* sleep(0);
      return { addresses };
    },
    *reverse() {
      return yield* sleep(0, "nobody");
    },
  });
}

/** Lets I/O happen once. */
const ioTurn = (): Coroutine<void> => wrapPromise(() => rounds(1));

async function errorOf(awaitable: PromiseLike<unknown>): Promise<Error> {
  return await awaitable.then(
    () => {
      throw new Error("no error");
    },
    (error: Error) => error,
  );
}

describe.each(["generator", "native"])("createConnection in a %s coroutine", (kind) => {
  const play = <T>(script: () => Generator<Awaitable<unknown>, T, never>): Promise<T> => run(bodyOf(kind, script));

  it("gives a transport and the factory's protocol", () =>
    play(function* () {
      const loop = getRunningLoop();
      const [transport, protocol]: [Transport, Recorder] = yield loop.createConnection(make, "127.0.0.1", server.port);
      expect(protocol).toBeInstanceOf(Recorder);
      expect(protocol.transport).toBe(transport);
      expect(transport.getProtocol()).toBe(protocol);
      transport.abort();
      yield sleep(0);
      expect(protocol.log).toEqual(["made", "lost"]);
    }));

  it("can be cancelled at every moment: no socket is left", () =>
    play(function* () {
      const loop = getRunningLoop();
      resolveTo("127.0.0.1");
      const outcomes = { cancelled: 0, connected: 0 };
      for (let moment = 0; outcomes.connected < 5; moment++) {
        const protocols: Recorder[] = [];
        const factory = (): Recorder => {
          protocols.push(new Recorder());
          return protocols.at(-1)!;
        };
        const task = createTask(loop.createConnection(factory, "somewhere.test", server.port));
        for (let i = 0; i < moment >> 2; i++) yield ioTurn();
        for (let i = 0; i < (moment & 3); i++) yield sleep(0);
        task.cancel();
        try {
          const [transport]: [Transport] = yield task;
          transport.abort();
          outcomes.connected++;
        } catch (error) {
          expect(error).toBeInstanceOf(CancelledError);
          outcomes.cancelled++;
        }
        for (let i = 0; i < 3; i++) yield sleep(0);
        for (const protocol of protocols) expect(["", "made,lost"]).toContain(protocol.log.join());
        expect(loop._openEndpoints).toBe(0);
      }
      expect(outcomes.cancelled).toBeGreaterThan(3);
      yield wrapPromise(() => until(() => server.peers.every(({ closed, ended }) => closed || ended)));
    }));

  it("cancelled between the connection and connectionMade, closes the transport", () =>
    play(function* () {
      const loop = getRunningLoop();
      const protocols: Recorder[] = [];
      const factory = (): Recorder => {
        const task = connecting;
        loop.callSoon(() => task.cancel());
        protocols.push(new Recorder());
        return protocols[0]!;
      };
      const connecting: Task<unknown> = createTask(loop.createConnection(factory, "127.0.0.1", server.port));
      try {
        yield connecting;
        throw new Error("not cancelled");
      } catch (error) {
        expect(error).toBeInstanceOf(CancelledError);
      }
      yield sleep(0);
      expect(protocols[0]!.log).toEqual(["made", "lost"]);
    }));

  it("tries every address", () =>
    play(function* () {
      const loop = getRunningLoop();
      resolveTo("127.0.0.3", "127.0.0.2", "127.0.0.1");
      const [transport]: [Transport] = yield loop.createConnection(make, "several.test", server.port);
      expect(transport.getExtraInfo("peername")).toEqual(["127.0.0.1", server.port]);
      transport.abort();
    }));
});

describe("createConnection that fails", () => {
  it("has the system's error with asyncio's text", () =>
    run(async () => {
      const port = await freePort();
      const error = await errorOf(getRunningLoop().createConnection(make, "127.0.0.1", port));
      expect(error).toBeInstanceOf(ConnectionRefusedError);
      expect(error.message).toMatch(
        new RegExp(`^\\[Errno \\d+\\] Connect call failed \\('127\\.0\\.0\\.1', ${port}\\)$`),
      );
      expect(error).toMatchObject({ code: "ECONNREFUSED", syscall: "connect" });
      const six = await errorOf(getRunningLoop().createConnection(make, "::1", port));
      if (!/EADDRNOTAVAIL|EAFNOSUPPORT|ENETUNREACH/.test(String((six as { code?: string }).code))) {
        expect(six.message).toContain(`Connect call failed ('::1', ${port}, 0, 0)`);
      }
    }));

  it("at several addresses tells of all of them, in one error or in a group", () =>
    run(async () => {
      const loop = getRunningLoop();
      const port = await freePort();
      resolveTo("127.0.0.2", "127.0.0.3");
      for (const happyEyeballsDelay of [null, "5s"] as const) {
        const error = await errorOf(loop.createConnection(make, "several.test", port, { happyEyeballsDelay }));
        expect(Object.getPrototypeOf(error)).toBe(OSError.prototype);
        expect(error.message).toMatch(
          new RegExp(
            `^Multiple exceptions: \\[Errno \\d+\\] Connect call failed \\('127\\.0\\.0\\.2', ${port}\\), ` +
              `\\[Errno \\d+\\] Connect call failed \\('127\\.0\\.0\\.3', ${port}\\)$`,
          ),
        );
        const options = { happyEyeballsDelay, allErrors: true };
        const group = await errorOf(loop.createConnection(make, "several.test", port, options));
        expect(group).toBeInstanceOf(ExceptionGroup);
        expect(group.message).toContain("createConnection failed");
        expect((group as ExceptionGroup).errors.map((each) => (each as Error).name)).toEqual([
          "ConnectionRefusedError",
          "ConnectionRefusedError",
        ]);
      }
    }));

  it("in the factory passes the error on, and closes the connection", () =>
    run(async () => {
      const broken = new Error("broken");
      const factory = (): never => {
        throw broken;
      };
      expect(await errorOf(getRunningLoop().createConnection(factory, "127.0.0.1", server.port))).toBe(broken);
      const peer = await server.peer();
      await until(() => peer.ended || peer.closed);
    }));

  it.each([
    [() => null, "the protocol factory must return a protocol, got null"],
    [() => ({}), "the protocol factory must return a protocol, got {}"],
    [async () => new Recorder(), "the protocol factory must return a protocol, got <Promise"],
  ])("because the factory makes no protocol, closes the connection, %#", (factory, message) =>
    run(async () => {
      const error = await errorOf(getRunningLoop().createConnection(factory as never, "127.0.0.1", server.port));
      expect([error.name, error.message.slice(0, message.length)]).toEqual(["TypeError", message]);
      const peer = await server.peer();
      await until(() => peer.ended || peer.closed);
    }),
  );

  const sock = new net.Socket();
  it.each<[ConnectionOptions, string | null, number | null, string]>([
    [{ serverHostname: "x" }, "h", 1, "serverHostname is only meaningful with ssl"],
    [{ ssl: true }, null, null, "You must set serverHostname when using ssl without a host"],
    [{ ssl: true, sock }, "", null, "You must set serverHostname when using ssl without a host"],
    [{ sslHandshakeTimeout: 1 }, "h", 1, "sslHandshakeTimeout is only meaningful with ssl"],
    [{ sslShutdownTimeout: "1s" }, "h", 1, "sslShutdownTimeout is only meaningful with ssl"],
    [{ ssl: true, sslHandshakeTimeout: 0 }, "h", 1, "sslHandshakeTimeout should be a positive number, got 0"],
    [{ ssl: true, sslShutdownTimeout: -1 }, "h", 1, "sslShutdownTimeout should be a positive number, got -1"],
    [{ ssl: true, sslHandshakeTimeout: Number.NaN }, "h", 1, "Invalid delay: NaN (not a number)"],
    [{ sock }, "h", null, "host/port and sock can not be specified at the same time"],
    [{ sock }, null, 1, "host/port and sock can not be specified at the same time"],
    [{}, null, null, "host and port was not specified and no sock specified"],
    [{ sock: { write: 1 } }, null, null, "A Stream Socket was expected, got { write: 1 }"],
    [{ happyEyeballsDelay: Number.NaN }, "127.0.0.1", 1, "Invalid delay: NaN (not a number)"],
  ])("because of its arguments, %#", (options, host, port, message) =>
    run(async () => {
      const error = await errorOf(getRunningLoop().createConnection(make, host, port, options));
      expect([error.name, error.message]).toEqual(["RangeError", message]);
    }),
  );

  it("because of what is no factory, a port that is none, a loop that is closed", async () => {
    const loop = await run(async () => {
      const here = getRunningLoop();
      expect((await errorOf(here.createConnection(new Recorder() as never, "h", 1))).message).toBe(
        "the protocol factory must be a function",
      );
      expect((await errorOf(here.createConnection(Recorder as never, "h", 1))).message).toBe(
        "the protocol factory must be a function, not a class: write () => new Recorder()",
      );
      expect(await errorOf(here.createConnection(make, "127.0.0.1", 70_000))).toBeInstanceOf(Error);
      expect(await errorOf(here.createConnection(make, "127.0.0.1", "no such service"))).toBeInstanceOf(OSError);
      return here;
    });
    expect(() => loop.createConnection(make, "127.0.0.1", 1)).toThrow(new RuntimeError("Event loop is closed"));
  });
});

describe("createConnection from a local address", () => {
  it("binds to it", () =>
    run(async () => {
      const localAddr = ["127.0.0.5", 0] as const;
      const [transport] = await getRunningLoop().createConnection(make, "127.0.0.1", server.port, { localAddr });
      const { remoteAddress } = (await server.peer()).socket;
      expect(remoteAddress).toBe("127.0.0.5");
      expect(transport.getExtraInfo("sockname")![0]).toBe("127.0.0.5");
      transport.abort();
    }));

  it("tells asyncio's errors when it cannot be had", () =>
    run(async () => {
      const loop = getRunningLoop();
      const connect = (host: string): Promise<Error> =>
        errorOf(loop.createConnection(make, "127.0.0.1", server.port, { localAddr: [host, 0] }));
      const foreign = await connect("192.0.2.1");
      expect(foreign).toMatchObject({ name: "OSError", code: onDeno ? "EINVAL" : "EADDRNOTAVAIL" });
      expect(foreign.message).toMatch(
        /^\[Errno \d+\] error while attempting to bind on address \('192\.0\.2\.1', 0\): \[errno \d+\] /,
      );
      expect((await connect("::1")).message).toBe(`no matching local address with family=${AF_INET} found`);
    }));
});

// Bun's listeners always have room.
describe.skipIf(onBun)("Happy Eyeballs", () => {
  let deaf: DeafServer;
  beforeEach(async () => {
    deaf = await DeafServer.listen("127.0.0.2");
  });
  afterEach(() => deaf.close());

  it("does not wait for an address that does not answer, and lets go of it", () =>
    run(async () => {
      const loop = getRunningLoop();
      const other = net.createServer((socket) => socket.end());
      await new Promise<void>((resolve) => other.listen(deaf.port, "127.0.0.1", resolve));
      resolveTo("127.0.0.2", "127.0.0.1");
      const [transport] = await loop.createConnection(make, "several.test", deaf.port, { happyEyeballsDelay: "50ms" });
      expect(transport.getExtraInfo("peername")).toEqual(["127.0.0.1", deaf.port]);
      transport.abort();
      other.close();
    }));

  it("can be cancelled while nobody answers", () =>
    run(async () => {
      const loop = getRunningLoop();
      resolveTo("127.0.0.2");
      const error = await errorOf(
        timeout("100ms", () => loop.createConnection(make, "several.test", deaf.port, { happyEyeballsDelay: "10ms" })),
      );
      expect(error).toBeInstanceOf(TimeoutError);
      expect(loop._openEndpoints).toBe(0);
    }));
});

describe("interleave", () => {
  const info = (name: string): AddressInfo => [name.startsWith("6") ? 10 : 2, 1, 6, "", [name, 0]] as AddressInfo;
  const names = (count: number, ...list: string[]): string =>
    interleave(list.map(info), count)
      .map((each) => each[4][0])
      .join(" ");

  it.each([
    [1, ["6a", "6b", "6c", "4a", "4b"], "6a 4a 6b 4b 6c"],
    [2, ["6a", "6b", "6c", "4a", "4b"], "6a 6b 4a 6c 4b"],
    [9, ["6a", "6b", "4a"], "6a 6b 4a"],
    [1, ["4a", "4b"], "4a 4b"],
    [1, [], ""],
  ])("by %i of %j is %s", (count, list, expected) => {
    expect(names(count, ...list)).toBe(expected);
  });
});

describe("a loop that is closed", () => {
  it("leaves no connection that was being made", async () => {
    const loop = newEventLoop();
    loop.setExceptionHandler(() => {}); // The task is destroyed while it is pending.
    loop.createTask(loop.createConnection(make, "127.0.0.1", server.port));
    const runTurn = async (): Promise<void> => {
      loop.callSoon(() => loop.stop());
      await loop.runForever();
    };
    while (loop._openEndpoints === 0) await runTurn();
    const peer = await server.peer();
    loop.close();
    await until(() => peer.ended || peer.closed);
    expect(loop._openEndpoints).toBe(0);
  });
});

describe("createConnection over a socket of the program's", () => {
  it.each(["connected", "about to be"])(
    "which is %s, can be paused in connectionMade: it takes next to nothing",
    (when) =>
      run(async () => {
        const sock = net.connect({ port: server.port, host: "127.0.0.1" });
        if (when === "connected") await until(() => !sock.connecting);
        const [transport, protocol] = await getRunningLoop().createConnection(
          () =>
            new (class extends Recorder {
              override connectionMade(transport: Transport): void {
                super.connectionMade(transport);
                transport.pauseReading();
              }
            })(),
          null,
          null,
          { sock },
        );
        protocol.keepsText = false;
        const peer = await server.peer();
        const size = 30_000_000;
        peer.socket.end(new Uint8Array(size));
        await rounds(200);
        expect([protocol.bytes, peer.socket.writableLength > 0]).toEqual([0, true]);
        expect(sock.bytesRead).toBeLessThan(2_000_000);
        transport.resumeReading();
        await until(() => protocol.lost === null);
        expect(protocol.bytes).toBe(size);
      }),
  );

  it("takes one that is connected, or about to be", () =>
    run(async () => {
      const loop = getRunningLoop();
      const { socket } = await connectPeer(server.port, false);
      for (const sock of [socket, net.connect({ port: server.port, host: "127.0.0.1" })]) {
        const [transport, protocol] = await loop.createConnection(make, null, null, { sock });
        expect(transport.getExtraInfo("socket")).toBe(sock);
        transport.write("hello");
        transport.writeEof();
        const peer = await server.peer(server.peers.length - 1);
        await until(() => peer.received === "hello" && peer.ended);
        peer.socket.end("answer");
        await until(() => protocol.lost === null);
        expect(protocol.received).toBe("answer");
      }
    }));

  it("hears of an end that the socket has had before", () =>
    run(async () => {
      const sock = net.connect({ port: server.port, host: "127.0.0.1", allowHalfOpen: true });
      const peer = await server.peer();
      peer.socket.end();
      sock.resume();
      await until(() => sock.readableEnded);
      const factory = () => Object.assign(make(), { keepOpen: true });
      const [transport, protocol] = await getRunningLoop().createConnection(factory, null, null, { sock });
      await until(() => protocol.eof);
      transport.write("still open");
      await until(() => peer.received === "still open");
      transport.close();
      await until(() => protocol.lost === null);
      expect(protocol.log).toEqual(["made", "eof", "lost"]);
    }));

  it("throws when the connection fails", () =>
    run(async () => {
      const sock = net.connect({ port: await freePort(), host: "127.0.0.1" });
      const error = await errorOf(getRunningLoop().createConnection(make, null, null, { sock }));
      expect(error).toBeInstanceOf(ConnectionRefusedError);
      const unconnected = new net.Socket();
      expect(await errorOf(getRunningLoop().createConnection(make, null, null, { sock: unconnected }))).toMatchObject({
        code: "ENOTCONN",
      });
    }));

  it("of another accept is for connectAcceptedSocket", () =>
    run(async () => {
      const loop = getRunningLoop();
      const other = net.createServer({ pauseOnConnect: true, allowHalfOpen: true });
      await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
      const coming = new Promise<net.Socket>((resolve) => other.once("connection", resolve));
      const peer = await connectPeer((other.address() as net.AddressInfo).port);
      const [transport, protocol] = await loop.connectAcceptedSocket(make, await coming);
      peer.socket.end("hi");
      await until(() => protocol.lost === null);
      expect([protocol.received, transport.isClosing()]).toEqual(["hi", true]);
      await until(() => peer.ended);
      const error = await errorOf(loop.connectAcceptedSocket(make, {}));
      expect([error.name, error.message]).toEqual(["RangeError", "A Stream Socket was expected, got {}"]);
      const timed = await errorOf(loop.connectAcceptedSocket(make, peer.socket, { sslHandshakeTimeout: 1 }));
      expect(timed.message).toBe("sslHandshakeTimeout is only meaningful with ssl");
      other.close();
    }));
});
