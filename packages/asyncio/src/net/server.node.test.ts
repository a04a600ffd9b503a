import net from "node:net";
import { describe, expect, it, vi } from "vitest";
import { bodyOf } from "../../../../tests/support/both-kinds.ts";
import { onDeno } from "../../../../tests/support/child-process.ts";
import { connectPeer, type Peer, Recorder, rounds, until } from "../../../../tests/support/sockets.ts";
import {
  AF_INET,
  type Awaitable,
  asyncWith,
  CancelledError,
  createTask,
  type ExceptionContext,
  getRunningLoop,
  isCancelled,
  newEventLoop,
  OSError,
  run,
  type Server,
  type ServerHost,
  type ServerOptions,
  sleep,
  wrapPromise,
} from "../index.ts";

const portOf = (server: Server, index: number = 0): number =>
  (server.sockets[index]!.getSockName() as [string, number])[1];

/** A server of recorders that notes what all of them are told. */
class Recorders {
  readonly log: string[] = [];
  readonly protocols: Recorder[] = [];
  readonly make = (): Recorder => {
    const protocol = new Recorder(String(this.protocols.length), this.log);
    this.protocols.push(protocol);
    return protocol;
  };
}

async function errorOf(awaitable: PromiseLike<unknown>): Promise<Error> {
  return await awaitable.then(
    () => {
      throw new Error("no error");
    },
    (error: Error) => error,
  );
}

describe.each(["generator", "native"])("a server in a %s coroutine", (kind) => {
  const play = <T>(script: () => Generator<Awaitable<unknown>, T, never>): Promise<T> => run(bodyOf(kind, script));

  it("serves each connection with a protocol of its own", () =>
    play(function* () {
      const { make, protocols } = new Recorders();
      const server: Server = yield getRunningLoop().createServer(make, "127.0.0.1", 0);
      expect([server.isServing(), server.getLoop() === getRunningLoop()]).toEqual([true, true]);
      yield wrapPromise(async () => {
        const peers = await Promise.all([connectPeer(portOf(server)), connectPeer(portOf(server))]);
        peers.forEach(({ socket }, i) => void socket.end(`from ${i}`));
        await until(() => protocols.length === 2 && protocols.every(({ lost }) => lost === null));
        expect(protocols.map(({ received }) => received).sort()).toEqual(["from 0", "from 1"]);
      });
      server.close();
      yield server.waitClosed();
      expect([server.isServing(), server.sockets]).toEqual([false, []]);
      expect(getRunningLoop()._openEndpoints).toBe(0);
    }));

  it("waitClosed waits for close and for the last connection, in either order", () =>
    play(function* () {
      const { make, protocols } = new Recorders();
      const server: Server = yield getRunningLoop().createServer(make, "127.0.0.1", 0);
      const waiting = createTask(server.waitClosed());
      const peer: Peer = yield wrapPromise(() => connectPeer(portOf(server)));
      yield wrapPromise(() => until(() => protocols[0]?.made === true));
      server.close();
      server.close();
      yield wrapPromise(() => rounds(5));
      expect(waiting.done()).toBe(false);
      peer.socket.destroy();
      yield waiting;
      expect(protocols[0]!.lost).toBe(null);
      yield server.waitClosed();
      const other: Server = yield getRunningLoop().createServer(make, "127.0.0.1", 0);
      const again = createTask(other.waitClosed());
      yield sleep(0);
      expect(again.done()).toBe(false);
      other.close();
      yield again;
    }));

  it("serveForever ends with a cancellation, which closes the server and waits", () =>
    play(function* () {
      const { make, protocols } = new Recorders();
      const server: Server = yield getRunningLoop().createServer(make, "127.0.0.1", 0, { startServing: false });
      expect(server.isServing()).toBe(false);
      const serving = createTask(server.serveForever());
      yield sleep(0);
      expect(server.isServing()).toBe(true);
      let error: unknown = null;
      try {
        yield server.serveForever();
      } catch (caught) {
        error = caught;
      }
      expect(String(error)).toMatch(
        /^RuntimeError: server <Server sockets=.*> is already being awaited on serveForever\(\)$/,
      );
      const peer: Peer = yield wrapPromise(() => connectPeer(portOf(server)));
      yield wrapPromise(() => until(() => protocols[0]?.made === true));
      serving.cancel();
      yield sleep(0);
      yield sleep(0);
      expect([server.isServing(), serving.done()]).toEqual([false, false]);
      peer.socket.destroy();
      try {
        yield serving;
      } catch (caught) {
        error = caught;
      }
      expect(error).toBeInstanceOf(CancelledError);
      try {
        yield server.serveForever();
      } catch (caught) {
        error = caught;
      }
      expect(String(error)).toBe("RuntimeError: server <Server sockets=[]> is closed");
    }));

  it("serveForever ends when the server is closed", () =>
    play(function* () {
      const server: Server = yield getRunningLoop().createServer(new Recorders().make, "127.0.0.1", 0);
      const serving = createTask(server.serveForever());
      yield sleep(0);
      server.close();
      let error: unknown = null;
      try {
        yield serving;
      } catch (caught) {
        error = caught;
      }
      expect(isCancelled(error)).toBe(true);
    }));

  it("is a resource", () =>
    play(function* () {
      const server: Server = yield getRunningLoop().createServer(new Recorders().make, "127.0.0.1", 0);
      yield asyncWith(server, (entered) =>
        bodyOf(kind, function* (): Generator<Awaitable<unknown>, void, never> {
          expect(entered).toBe(server);
          yield sleep(0);
        })(),
      );
      expect(server.sockets).toEqual([]);
    }));
});

describe("closing the clients", () => {
  it.each(["closeClients", "abortClients"] as const)("%s ends every connection", (how) =>
    run(async () => {
      const { make, protocols } = new Recorders();
      const server = await getRunningLoop().createServer(make, "127.0.0.1", 0);
      const peers = await Promise.all([0, 1, 2].map(() => connectPeer(portOf(server))));
      await until(() => protocols.filter(({ made }) => made).length === 3);
      for (const { transport } of protocols) transport.write("farewell");
      server.close();
      server[how]();
      await server.waitClosed();
      expect(protocols.map(({ lost }) => lost)).toEqual([null, null, null]);
      await until(() => peers.every(({ ended, closed }) => ended || closed));
      if (how === "closeClients") expect(peers.map(({ received }) => received)).toEqual(Array(3).fill("farewell"));
    }),
  );

  it("that have much to receive: closeClients waits for them, abortClients does not", () =>
    run(async () => {
      const { make, protocols } = new Recorders();
      const server = await getRunningLoop().createServer(make, "127.0.0.1", 0);
      const slow = await connectPeer(portOf(server), false);
      await until(() => protocols[0]?.made === true);
      protocols[0]!.transport.write(new Uint8Array(20_000_000));
      server.close();
      server.closeClients();
      const closed = createTask(server.waitClosed());
      await rounds();
      expect(closed.done()).toBe(false);
      server.abortClients();
      await closed;
      slow.socket.destroy();
    }));
});

describe("addresses", () => {
  const serve = async (host: ServerHost, options?: ServerOptions): Promise<readonly unknown[]> => {
    const server = await getRunningLoop().createServer(new Recorders().make, host, 0, options);
    const names = server.sockets.map((socket) => (socket.getSockName() as [string, number])[0]);
    server.close();
    return names.sort();
  };

  it("may be several, each bound once", () =>
    run(async () => {
      expect(await serve(["127.0.0.1", "127.0.0.2", "127.0.0.1"])).toEqual(["127.0.0.1", "127.0.0.2"]);
      expect(await serve(new Set(["127.0.0.1"]))).toEqual(["127.0.0.1"]);
    }));

  it("without a host are all of this machine's", () =>
    run(async () => {
      for (const host of [null, "", undefined]) expect(await serve(host, { family: AF_INET })).toEqual(["0.0.0.0"]);
      expect([["0.0.0.0"], ["0.0.0.0", "::"]]).toContainEqual(await serve(null));
    }));

  it("that are taken, or nobody's, are asyncio's errors; nothing stays open", () =>
    run(async () => {
      const loop = getRunningLoop();
      const { make } = new Recorders();
      const server = await loop.createServer(make, "127.0.0.1", 0);
      const port = portOf(server);
      const taken = await errorOf(loop.createServer(make, ["127.0.0.2", "127.0.0.1"], port));
      expect(taken).toMatchObject({ name: "OSError", code: "EADDRINUSE" });
      expect(taken.message).toMatch(
        new RegExp(
          `^\\[Errno \\d+\\] error while attempting to bind on address \\('127\\.0\\.0\\.1', ${port}\\): ` +
            "\\[errno \\d+\\] address already in use$",
        ),
      );
      const free = await loop.createServer(make, "127.0.0.2", port);
      free.close();
      const foreign = await errorOf(loop.createServer(make, "192.0.2.1", 0));
      expect(foreign).toBeInstanceOf(OSError);
      // Deno takes every failure to bind for an invalid argument.
      if (!onDeno) expect(foreign.message).toBe("could not bind on any address out of [('192.0.2.1', 0)]");
      server.close();
      expect(loop._openEndpoints).toBe(0);
    }));

  const sock = net.createServer();
  it.each<[ServerOptions, string | null, number | null, string, string]>([
    [{ ssl: true as never }, "h", 1, "TypeError", "ssl argument must be an SslContext or null"],
    [{ sslHandshakeTimeout: 1 }, "h", 1, "RangeError", "sslHandshakeTimeout is only meaningful with ssl"],
    [{ sslShutdownTimeout: 1 }, "h", 1, "RangeError", "sslShutdownTimeout is only meaningful with ssl"],
    [{ sock }, "h", 1, "RangeError", "host/port and sock can not be specified at the same time"],
    [{}, null, null, "RangeError", "Neither host/port nor sock were specified"],
    [{ sock: {} }, null, null, "RangeError", "A Stream Socket was expected, got {}"],
  ])("and contradictions are errors, %#", (options, host, port, name, message) =>
    run(async () => {
      const error = await errorOf(getRunningLoop().createServer(new Recorders().make, host, port, options));
      expect([error.name, error.message]).toEqual([name, message]);
    }),
  );

  it("can be shared with reusePort, or it is an error", () =>
    run(async () => {
      const loop = getRunningLoop();
      const { make } = new Recorders();
      try {
        const first = await loop.createServer(make, "127.0.0.1", 0, { reusePort: true });
        const second = await loop.createServer(make, "127.0.0.1", portOf(first), { reusePort: true });
        expect(portOf(second)).toBe(portOf(first));
        first.close();
        second.close();
      } catch (error) {
        expect(String(error)).toBe("RuntimeError: reusePort needs Node 22.12, 23.1 or newer, or Bun");
      }
    }));

  it("may come from a server of the program's", () =>
    run(async () => {
      const loop = getRunningLoop();
      const { make, protocols } = new Recorders();
      const own = net.createServer();
      own.listen(0, "127.0.0.1");
      const server = await loop.createServer(make, null, null, { sock: own });
      const peer = await connectPeer(portOf(server));
      peer.socket.end("hi");
      await until(() => protocols[0]?.lost === null);
      expect(protocols[0]!.received).toBe("hi");
      server.close();
      await server.waitClosed();
      expect(own.listening).toBe(false);
    }));
});

describe("startServing", () => {
  it("serves those who came earlier, too", () =>
    run(async () => {
      const { make, protocols } = new Recorders();
      const server = await getRunningLoop().createServer(make, "127.0.0.1", 0, { startServing: false });
      const peer = await connectPeer(portOf(server));
      peer.socket.end("early");
      await rounds();
      expect(protocols).toEqual([]);
      await server.startServing();
      await server.startServing();
      await until(() => protocols[0]?.lost === null);
      expect(protocols[0]!.received).toBe("early");
      server.close();
    }));

  it("on a closed server does nothing; those who waited are sent away", () =>
    run(async () => {
      const { make, protocols } = new Recorders();
      const server = await getRunningLoop().createServer(make, "127.0.0.1", 0, { startServing: false });
      const peer = await connectPeer(portOf(server));
      await rounds();
      server.close();
      await server.startServing();
      await until(() => peer.closed || peer.ended);
      expect([server.isServing(), protocols]).toEqual([false, []]);
    }));
});

describe("what goes wrong", () => {
  it("in the factory is reported, and the connection closed; the next one is served", () =>
    run(async () => {
      const loop = getRunningLoop();
      const reports: ExceptionContext[] = [];
      loop.setExceptionHandler((_loop, context) => reports.push(context));
      const { make, protocols } = new Recorders();
      const error = new Error("broken");
      let fails = true;
      const server = await loop.createServer(
        () => {
          if (!fails) return make();
          fails = false;
          throw error;
        },
        "127.0.0.1",
        0,
      );
      const first = await connectPeer(portOf(server));
      await until(() => first.closed || first.ended);
      expect(reports).toHaveLength(1);
      expect(reports[0]!.message).toBe("Error on transport creation for incoming connection");
      expect(reports[0]!.exception).toBe(error);
      const second = await connectPeer(portOf(server));
      second.socket.end("x");
      await until(() => protocols[0]?.lost === null);
      server.close();
      await server.waitClosed();
    }));

  it("a second loop's server and the first one's do not meet", async () => {
    const serve = (name: string): Promise<string[]> =>
      run(async () => {
        const { make, protocols, log } = new Recorders();
        const server = await getRunningLoop().createServer(make, "127.0.0.1", 0);
        const peer = await connectPeer(portOf(server));
        peer.socket.end(name);
        await until(() => protocols[0]?.lost === null);
        server.close();
        await server.waitClosed();
        return log;
      });
    const [one, two] = await Promise.all([serve("one"), serve("two")]);
    expect([one, two]).toEqual([
      ["0 made", "0 data one", "0 eof", "0 lost"],
      ["0 made", "0 data two", "0 eof", "0 lost"],
    ]);
  });

  it("a loop that is closed takes its servers with it", async () => {
    const loop = newEventLoop();
    loop.setDebug(true);
    const warn = vi.spyOn(loop, "_warn").mockImplementation(() => {});
    const server = await loop.runUntilComplete(loop.createServer(new Recorders().make, "127.0.0.1", 0));
    const port = portOf(server);
    loop.close();
    expect(warn.mock.calls.join()).toMatch(
      /^unclosed server <Server sockets=\[<ServerSocket \['127.0.0.1', \d+\]>\]>$/,
    );
    expect([server.sockets, server.isServing(), loop._openEndpoints]).toEqual([[], false, 0]);
    await expect(connectPeer(port)).rejects.toMatchObject({ code: "ECONNREFUSED" });
    server.close();
  });

  it.each(["loop", "server"])("a %s that is closed sends away whom the stopped loop has not served", async (closed) => {
    const loop = newEventLoop();
    const { make, protocols } = new Recorders();
    const server = await loop.runUntilComplete(loop.createServer(make, "127.0.0.1", 0));
    const peer = await connectPeer(portOf(server));
    await rounds();
    if (closed === "loop") loop.close();
    else server.close();
    await until(() => peer.ended || peer.closed);
    if (closed === "server") await loop.runUntilComplete(server.waitClosed());
    expect(protocols).toEqual([]);
    loop.close();
  });

  it("a stopped loop serves nobody until it runs again", async () => {
    const loop = newEventLoop();
    const { make, protocols } = new Recorders();
    const server = await loop.runUntilComplete(loop.createServer(make, "127.0.0.1", 0));
    const peer = await connectPeer(portOf(server));
    peer.socket.end("x");
    await rounds();
    expect(protocols).toEqual([]);
    await loop.runUntilComplete(async () => {
      await until(() => protocols[0]?.lost === null);
      server.close();
      await server.waitClosed();
    });
    loop.close();
  });

  it("cancelling createServer leaves nothing listening", () =>
    run(async () => {
      const loop = getRunningLoop();
      let cancelled = 0;
      for (let turns = 0; turns < 12; turns++) {
        const task = createTask(loop.createServer(new Recorders().make, ["127.0.0.1", "127.0.0.2"], 0));
        for (let i = 0; i < turns; i++) await (turns % 2 === 0 ? sleep(0) : wrapPromise(() => rounds(1)));
        task.cancel();
        try {
          (await task).close();
        } catch (error) {
          expect(error).toBeInstanceOf(CancelledError);
          cancelled++;
        }
        expect(loop._openEndpoints).toBe(0);
      }
      expect(cancelled).toBeGreaterThan(1);
    }));
});

describe("load", () => {
  it("1,000 connections at once are all answered", { timeout: 30_000 }, () =>
    run(async () => {
      const loop = getRunningLoop();
      class Echo extends Recorder {
        override dataReceived(data: Uint8Array): void {
          this.transport.write(data);
        }
      }
      const server = await loop.createServer(() => new Echo(), "127.0.0.1", 0, { backlog: 1000 });
      const answers = await Promise.all(
        Array.from({ length: 1000 }, async (_, i) => {
          const peer = await connectPeer(portOf(server));
          peer.socket.end(`message ${i}`);
          await until(() => peer.ended);
          peer.socket.destroy();
          return peer.received;
        }),
      );
      expect(answers).toEqual(Array.from({ length: 1000 }, (_, i) => `message ${i}`));
      server.close();
      await server.waitClosed();
      expect(loop._openEndpoints).toBe(0);
    }),
  );

  it("a server that is closed under load ends in order", { timeout: 30_000 }, () =>
    run(async () => {
      const loop = getRunningLoop();
      let [made, lost] = [0, 0];
      class Counting extends Recorder {
        override connectionMade(transport: never): void {
          super.connectionMade(transport);
          made++;
        }
        override dataReceived(data: Uint8Array): void {
          this.transport.write(data);
        }
        override connectionLost(error: unknown): void {
          super.connectionLost(error);
          lost++;
        }
      }
      const server = await loop.createServer(() => new Counting(), "127.0.0.1", 0);
      const port = portOf(server);
      let stop = false;
      const clients = Array.from({ length: 20 }, async () => {
        while (!stop) {
          const peer = await connectPeer(port).catch(() => null);
          if (peer === null) return;
          peer.socket.write("x".repeat(1000));
          await until(() => peer.bytes === 1000 || peer.closed || peer.ended);
          peer.socket.destroy();
        }
      });
      await until(() => made > 100);
      server.close();
      server.closeClients();
      await server.waitClosed();
      expect(lost).toBe(made);
      stop = true;
      await Promise.all(clients);
      await rounds();
      expect([lost, loop._openEndpoints]).toEqual([made, 0]);
    }),
  );
});
