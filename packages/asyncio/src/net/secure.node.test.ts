import net from "node:net";
import tls from "node:tls";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bodyOf } from "../../../../tests/support/both-kinds.ts";
import { Authority, type Identity } from "../../../../tests/support/certificates.ts";
import { onBun, onDeno } from "../../../../tests/support/child-process.ts";
import { connectPeer, PeerServer, Recorder, until } from "../../../../tests/support/sockets.ts";
import "../process/loop-methods.ts";
import { wrapPromise } from "../interop/wrap-promise.ts";
import { isCancelled, TimeoutError } from "../loop/errors.ts";
import type { ExceptionContext } from "../loop/exception-handler.ts";
import { OSError } from "../loop/os-error.ts";
import { SslCertVerificationError, SslError } from "../loop/ssl-errors.ts";
import { ConnectionAbortedError, ConnectionResetError } from "../loop/system-errors.ts";
import { run } from "../structured/runner.ts";
import { sleep } from "../structured/sleep.ts";
import { createTask } from "../tasks/create-task.ts";
import { getRunningLoop } from "../tasks/default-loop.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { Server } from "./server.ts";
import { createDefaultContext, SslContext, type SslContextOptions } from "./ssl-context.ts";
import type { Transport } from "./transport.ts";

const authority = new Authority();
const identity = authority.issue();
const clientContext = createDefaultContext({ ca: authority.cert });
const serverContext = new SslContext({ ...identity });

const wait = (condition: () => boolean, what?: string) => wrapPromise(() => until(condition, what));

/** Servers that the tests forgot, and sockets. */
let cleanUps: (() => void)[] = [];
beforeEach(() => {
  cleanUps = [];
});
afterEach(() => {
  for (const cleanUp of cleanUps) cleanUp();
});

interface Made {
  readonly server: Server;
  readonly port: number;
  readonly protocols: Recorder[];
}

async function serve(options: object = {}, make: () => Recorder = () => new Recorder("server")): Promise<Made> {
  const protocols: Recorder[] = [];
  const factory = (): Recorder => {
    const protocol = make();
    protocols.push(protocol);
    return protocol;
  };
  const server = await getRunningLoop().createServer(factory, "127.0.0.1", 0, { ssl: serverContext, ...options });
  cleanUps.push(() => server.close());
  return { server, port: portOf(server), protocols };
}

function portOf(server: Server): number {
  return (server.sockets[0]!.getSockName() as [string, number])[1];
}

class Echo extends Recorder {
  override dataReceived(data: Uint8Array): void {
    super.dataReceived(data);
    this.transport.write(data);
  }
}

const client = authority.issue({ names: ["client"] });
const newRecorder = () => new Recorder("client");
const CLIENT = { ssl: clientContext, serverHostname: "localhost" };

async function failure(promise: PromiseLike<unknown>): Promise<Error & { code?: string }> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  return expect.unreachable();
}

describe.each(["generator", "native"])("TLS in a %s coroutine", (kind) => {
  it("echoes, and tells about the connection", async () => {
    await run(
      bodyOf(kind, function* () {
        const loop = getRunningLoop();
        const protocols: Recorder[] = [];
        const factory = () => {
          protocols.push(new Echo("server"));
          return protocols[0]!;
        };
        const ssl = serverContext.with({ ALPNProtocols: ["http/1.1", "x"] });
        const server = (yield loop.createServer(factory, "127.0.0.1", 0, { ssl })) as Server;
        const port = portOf(server);
        const mine = clientContext.with({ ALPNProtocols: ["h2", "x"] });
        const options = { ssl: mine, serverHostname: "localhost" };
        const [transport, protocol] = (yield loop.createConnection(newRecorder, "127.0.0.1", port, options)) as [
          Transport,
          Recorder,
        ];
        expect(protocol.log).toEqual(["client made"]);
        expect(transport.canWriteEof()).toBe(false);
        transport.write("hello");
        yield wait(() => protocol.received === "hello");
        expect(transport.getExtraInfo("sslContext")).toBe(mine);
        expect(protocols[0]!.transport.getExtraInfo("sslcontext")).toBe(ssl);
        expect(transport.getExtraInfo("peercert")).toMatchObject({ subject: { CN: "localhost" } });
        expect(transport.getExtraInfo("cipher")).toEqual([expect.stringMatching(/_/), "TLSv1.3", expect.anything()]);
        expect(transport.getExtraInfo("compression")).toBeNull();
        expect(transport.getExtraInfo("peername")).toEqual(["127.0.0.1", port]);
        const ssl_ = transport.getExtraInfo("sslObject") as tls.TLSSocket;
        expect(ssl_.alpnProtocol).toBe("x");
        transport.close();
        yield wait(() => protocols[0]!.lost !== undefined && protocol.lost !== undefined);
        expect(protocol.log).toEqual(["client made", "client data hello", "client lost"]);
        expect(protocols[0]!.log).toEqual(["server made", "server data hello", "server eof", "server lost"]);
        server.close();
        yield server.waitClosed();
      }),
    );
  });

  it("gives up a handshake that is cancelled, at any of its steps", async () => {
    await run(
      bodyOf(kind, function* () {
        const loop = getRunningLoop();
        const deaf = (yield wrapPromise(() => PeerServer.listen())) as PeerServer;
        cleanUps.push(() => deaf.close());
        const made: Recorder[] = [];
        const factory = () => {
          made.push(new Recorder());
          return made[0]!;
        };
        const task = createTask(loop.createConnection(factory, "127.0.0.1", deaf.port, CLIENT));
        const peer = yield wrapPromise(() => deaf.peer());
        yield wait(() => (peer as { bytes: number }).bytes > 0, "no handshake began");
        task.cancel();
        try {
          yield task;
          expect.unreachable();
        } catch (error) {
          expect(isCancelled(error)).toBe(true);
        }
        yield wait(() => (peer as { ended: boolean }).ended, "the socket was left open");
        expect(made[0]!.log).toEqual([]);
      }),
    );
  });
});

describe("certificates", () => {
  const refuse = async (served: Identity, options: object, ssl: SslContextOptions = { ca: authority.cert }) => {
    const { port, protocols } = await serve({ ssl: served });
    const connecting = getRunningLoop().createConnection(newRecorder, "127.0.0.1", port, { ssl, ...options });
    const error = await failure(connecting);
    expect(error).toBeInstanceOf(SslCertVerificationError);
    expect(error).toBeInstanceOf(SslError);
    expect(error).toBeInstanceOf(OSError);
    expect(error.message).toMatch(/^\[SSL: CERTIFICATE_VERIFY_FAILED\] certificate verify failed: /);
    for (const protocol of protocols) if (protocol.made) await until(() => protocol.lost !== undefined);
    return error;
  };

  it("of an unknown authority are refused", async () => {
    await run(async () => {
      const error = await refuse(identity, { serverHostname: "localhost" }, {});
      expect(error.message).toMatch(/(self.signed certificate|unable to)/);
      expect(error).toMatchObject({ reason: "CERTIFICATE_VERIFY_FAILED" });
      expect((await refuse(authority, { serverHostname: "localhost" }, {})).message).toMatch(/self.signed certificate/);
    });
  });

  it("for another name are refused", async () => {
    await run(async () => {
      const error = await refuse(identity, { serverHostname: "other.example" });
      expect(error).toMatchObject({ code: "ERR_TLS_CERT_ALTNAME_INVALID" });
      expect(error.message).toContain("other.example");
      const elsewhere = authority.issue({ names: ["127.0.0.2"] });
      expect((await refuse(elsewhere, {})).message).toContain("127.0.0.1");
    });
  });

  it("that have expired, or are not valid yet, are refused", async () => {
    await run(async () => {
      const day = 86_400_000;
      const old = authority.issue({ notBefore: new Date(Date.now() - 2 * day), notAfter: new Date(Date.now() - day) });
      expect(await refuse(old, { serverHostname: "localhost" })).toMatchObject({
        code: onDeno ? "UNABLE_TO_VERIFY_LEAF_SIGNATURE" : "CERT_HAS_EXPIRED", // Deno does not tell why.
      });
      const future = authority.issue({
        notBefore: new Date(Date.now() + day),
        notAfter: new Date(Date.now() + 2 * day),
      });
      expect(await refuse(future, { serverHostname: "localhost" })).toMatchObject({
        code: onDeno ? "UNABLE_TO_VERIFY_LEAF_SIGNATURE" : "CERT_NOT_YET_VALID",
      });
    });
  });

  it("for an address are taken, without a name for the server to choose by", async () => {
    await run(async () => {
      const { port, server } = await serve();
      const [transport] = await getRunningLoop().createConnection(newRecorder, "127.0.0.1", port, {
        ssl: clientContext,
      });
      transport.close();
      server.close();
    });
  });

  it("are not looked at when the context says so", async () => {
    await run(async () => {
      const loop = getRunningLoop();
      const { port, server } = await serve();
      const careless = { ssl: { rejectUnauthorized: false }, serverHostname: "" };
      const [first] = await loop.createConnection(newRecorder, "127.0.0.1", port, careless);
      first.abort();
      const anyName = { ssl: { ca: authority.cert, checkHostname: false }, serverHostname: "other.example" };
      const [second] = await loop.createConnection(newRecorder, "127.0.0.1", port, anyName);
      second.abort();
      server.close();
    });
  });

  it("of clients are asked for and verified", async () => {
    await run(async () => {
      const loop = getRunningLoop();
      const asking = new SslContext({ ...identity, ca: authority.cert, requestCert: true });
      const { port, protocols } = await serve({ ssl: asking }, () => new Echo("server"));
      const mine = authority.issue({ commonName: "somebody", names: [] });
      const [transport, protocol] = await loop.createConnection(newRecorder, "127.0.0.1", port, {
        ssl: clientContext.with({ ...mine }),
        serverHostname: "localhost",
      });
      transport.write("me");
      await until(() => protocol.received === "me");
      expect(protocols[0]!.transport.getExtraInfo("peercert")).toMatchObject({ subject: { CN: "somebody" } });
      transport.close();
      const stranger = new Authority("Somebody Else").issue({ names: [] });
      for (const ssl of [clientContext, clientContext.with({ ...stranger })]) {
        const other = new Recorder();
        try {
          await loop.createConnection(() => other, "127.0.0.1", port, { ssl, serverHostname: "localhost" });
        } catch (error) {
          expect(error).toBeInstanceOf(OSError);
          continue;
        }
        // In TLS 1.3 a client hears of it after its own handshake.
        await until(() => other.lost !== undefined);
        expect(other.received).toBe("");
      }
      expect(protocols.filter(({ made }) => made)).toHaveLength(1);
    });
  });

  it("of clients may be asked for without being demanded", async () => {
    await run(async () => {
      const loop = getRunningLoop();
      const asking = new SslContext({ ...identity, ca: authority.cert, requestCert: true, rejectUnauthorized: false });
      const { port, protocols } = await serve({ ssl: asking }, () => new Echo("server"));
      const [transport, protocol] = await loop.createConnection(newRecorder, "127.0.0.1", port, CLIENT);
      transport.write("nobody");
      await until(() => protocol.received === "nobody");
      expect(protocols[0]!.transport.getExtraInfo("peercert")).toBeNull();
      transport.close();
      await until(() => protocol.lost !== undefined);
    });
  });

  it("are chosen by the name that the client asks for", async () => {
    await run(async () => {
      const loop = getRunningLoop();
      const asked: string[] = [];
      const other = new SslContext({ ...authority.issue({ names: ["other.example"] }) });
      const sniCallback = (name: string) => {
        asked.push(name);
        return name === "other.example" ? other : null;
      };
      const { port } = await serve({ ssl: serverContext.with({ sniCallback }) });
      for (const serverHostname of ["localhost", "other.example."]) {
        const options = { ssl: clientContext, serverHostname };
        const [transport] = await loop.createConnection(newRecorder, "127.0.0.1", port, options);
        transport.abort();
      }
      expect(asked).toEqual(["localhost", "other.example"]);
    });
  });
});

describe("handshakes that fail", () => {
  it("time out when the peer says nothing", async () => {
    await run(async () => {
      const loop = getRunningLoop();
      const deaf = await PeerServer.listen();
      cleanUps.push(() => deaf.close());
      const options = { ...CLIENT, sslHandshakeTimeout: "50ms" } as const;
      const error = await failure(loop.createConnection(newRecorder, "127.0.0.1", deaf.port, options));
      expect(error).toBeInstanceOf(ConnectionAbortedError);
      expect(error.message).toBe("SSL handshake is taking longer than 0.05 seconds: aborting the connection");
      await until(() => deaf.peers[0]!.ended || deaf.peers[0]!.closed);
    });
  });

  it("end when the peer closes", async () => {
    await run(async () => {
      const loop = getRunningLoop();
      for (const how of ["end", "destroy"] as const) {
        const server = net.createServer((socket) => {
          socket.on("error", () => {});
          socket.once("data", () => socket[how]());
        });
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
        const { port } = server.address() as net.AddressInfo;
        const error = await failure(loop.createConnection(newRecorder, "127.0.0.1", port, CLIENT));
        expect(error).toBeInstanceOf(ConnectionResetError);
        server.close();
      }
    });
  });

  it("tell when the server does not speak TLS", async () => {
    await run(async () => {
      const server = net.createServer((socket) => {
        socket.on("error", () => {});
        socket.write("220 hello\r\n");
        socket.resume();
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const { port } = server.address() as net.AddressInfo;
      const error = await failure(getRunningLoop().createConnection(newRecorder, "127.0.0.1", port, CLIENT));
      expect(error).toBeInstanceOf(SslError);
      expect(error).toMatchObject({
        message: "[SSL: WRONG_VERSION_NUMBER] wrong version number",
        code: "ERR_SSL_WRONG_VERSION_NUMBER",
        reason: "WRONG_VERSION_NUMBER",
      });
      server.close();
    });
  });

  it("do not disturb a server, and are reported in debug mode only", async () => {
    await run(async () => {
      const loop = getRunningLoop();
      const reports: { message: string; exception?: unknown }[] = [];
      loop.setExceptionHandler((_, context) => reports.push(context));
      const { port, server, protocols } = await serve({}, () => new Echo("server"));
      const impatient = await serve({ sslHandshakeTimeout: "50ms" });
      const asking = await serve({ ssl: serverContext.with({ ca: authority.cert, requestCert: true }) });
      const misbehave = async () => {
        const plain = await connectPeer(port);
        plain.socket.write("GET / HTTP/1.0\r\n\r\n");
        const closing = await connectPeer(port);
        closing.socket.end();
        const closingToo = await connectPeer(asking.port);
        closingToo.socket.end();
        const plainToo = await connectPeer(asking.port);
        plainToo.socket.write("GET / HTTP/1.0\r\n\r\n");
        const resetting = await connectPeer(port);
        resetting.socket.destroy();
        const silent = await connectPeer(impatient.port);
        const half = await connectPeer(impatient.port);
        half.socket.write(Buffer.from([22, 3, 1, 2, 0, 1]));
        const all = [plain, closing, closingToo, plainToo, silent, half];
        await until(() => all.every(({ ended, closed }) => ended || closed), "a connection was left open");
        for (const { socket } of all) socket.destroy();
      };
      await misbehave();
      expect(reports).toEqual([]);
      loop.setDebug(true);
      loop.slowCallbackDuration = 10;
      await misbehave();
      await until(() => reports.length >= 4);
      for (const { message, exception } of reports) {
        expect(message).toBe("Error on transport creation for incoming connection");
        expect(exception).toBeInstanceOf(OSError);
      }
      loop.setDebug(false);
      for (const { made } of [...protocols, ...impatient.protocols, ...asking.protocols]) expect(made).toBe(false);
      const [transport, protocol] = await loop.createConnection(newRecorder, "127.0.0.1", port, CLIENT);
      transport.write("still there?");
      await until(() => protocol.received === "still there?");
      transport.close();
      await until(() => protocol.lost !== undefined);
      server.close();
      await server.waitClosed();
    });
  });
});

describe("a secured connection", () => {
  const connect = async (options: object = {}, serverProtocol: () => Recorder = () => new Recorder("server")) => {
    const made = await serve(options, serverProtocol);
    const [transport, protocol] = await getRunningLoop().createConnection(newRecorder, "127.0.0.1", made.port, {
      ...CLIENT,
      ...options,
      ssl: clientContext,
    });
    await until(() => made.protocols[0]!.made);
    return { ...made, transport, protocol, peer: made.protocols[0]! };
  };

  it("carries 10 MB each way, with back-pressure", async () => {
    await run(async () => {
      const size = 10_000_000;
      class Quiet extends Recorder {
        override keepsText = false;
        override note(): void {}
        paused = 0;
        override pauseWriting(): void {
          this.paused++;
        }
      }
      const { transport, peer } = await connect({}, () => new Quiet());
      const mine = new Quiet();
      mine.transport = transport;
      transport.setProtocol(mine);
      transport.write(new Uint8Array(size));
      peer.transport.write(new Uint8Array(size));
      expect(mine.paused).toBe(1);
      await until(() => mine.bytes === size && peer.bytes === size);
      transport.close();
      await until(() => peer.lost !== undefined);
    });
  });

  it("sends what is buffered, and then its farewell, before it closes", async () => {
    await run(async () => {
      const { transport, protocol, peer } = await connect();
      peer.keepsText = false;
      transport.write(new Uint8Array(1_000_000));
      transport.close();
      await until(() => peer.lost !== undefined && protocol.lost !== undefined);
      expect(peer.bytes).toBe(1_000_000);
      expect([protocol.lost, peer.lost]).toEqual([null, null]);
    });
  });

  it("is an end of file when the peer goes without a farewell", async () => {
    await run(async () => {
      const { port, protocols } = await serve();
      const raw = net.connect({ port, host: "127.0.0.1" });
      const client = tls.connect({ socket: raw, ca: authority.cert, servername: "localhost" });
      client.on("error", () => {});
      await new Promise<void>((resolve) => client.once("secureConnect", () => resolve()));
      client.write("last words", () => raw.destroy());
      await until(() => protocols[0]?.lost !== undefined);
      expect(protocols[0]!.received).toBe("last words");
    });
  });

  it("is closed after the timeout when the peer does not say farewell", async () => {
    await run(async () => {
      const { port, protocols } = await serve({ sslShutdownTimeout: "50ms" });
      const options = { port, host: "127.0.0.1", ca: authority.cert, servername: "localhost", allowHalfOpen: true };
      const client = tls.connect(options);
      cleanUps.push(() => client.destroy());
      client.on("error", () => {});
      await new Promise<void>((resolve) => client.once("secureConnect", () => resolve()));
      await until(() => protocols[0]?.made === true);
      // A program that has stopped reading.
      client.pause();
      protocols[0]!.transport.write(new Uint8Array(10));
      protocols[0]!.transport.close();
      await until(() => protocols[0]!.lost !== undefined);
      if (protocols[0]!.lost !== null) {
        expect(protocols[0]!.lost).toBeInstanceOf(TimeoutError);
        expect((protocols[0]!.lost as Error).message).toBe("SSL shutdown timed out");
      }
    });
  });

  it("drops what is written after the farewell, and ends without an error of that", async () => {
    await run(async () => {
      const sockets: net.Socket[] = [];
      const raw = net.createServer({ allowHalfOpen: true }, (socket) => {
        sockets.push(socket);
        new tls.TLSSocket(socket, { isServer: true, ...identity }).on("error", () => {}).resume();
      });
      await new Promise<void>((resolve) => raw.listen(0, "127.0.0.1", resolve));
      const { port } = raw.address() as net.AddressInfo;
      const options = { ...CLIENT, sslShutdownTimeout: "50ms" } as const;
      const [transport, protocol] = await getRunningLoop().createConnection(newRecorder, "127.0.0.1", port, options);
      transport.close();
      for (let i = 0; i < 3; i++) {
        transport.write("late");
        transport.writeLines(["late"]);
        await sleep(0);
      }
      await until(() => protocol.lost !== undefined);
      // The peer's runtime may close by itself, or leave us to our timeout.
      if (protocol.lost !== null) expect(protocol.lost).toBeInstanceOf(TimeoutError);
      for (const socket of sockets) socket.destroy();
      raw.close();
    });
  });

  it("warns of a protocol that wants to keep one direction", async () => {
    await run(async () => {
      const loop = getRunningLoop();
      const warnings: string[] = [];
      Object.assign(loop, { _warn: (text: string) => warnings.push(text) });
      const { transport, peer } = await connect();
      peer.keepOpen = true;
      expect(() => transport.writeEof()).toThrow("this transport cannot close one direction only");
      transport.close();
      await until(() => peer.lost !== undefined);
      expect(warnings).toEqual(["returning true from eofReceived() has no effect when using ssl"]);
    });
  });

  it("can be given as a socket, of either side", async () => {
    await run(async () => {
      const loop = getRunningLoop();
      const peers = await PeerServer.listen({ reads: false });
      cleanUps.push(() => peers.close());
      const sock = net.connect({ port: peers.port, host: "127.0.0.1" });
      const { socket: accepted } = await peers.peer();
      const [[, server], [client, protocol]] = await Promise.all([
        loop.connectAcceptedSocket(() => new Echo("server"), accepted, { ssl: serverContext }),
        loop.createConnection(newRecorder, null, null, { ...CLIENT, sock }),
      ]);
      client.write("given");
      await until(() => protocol.received === "given");
      expect(server.received).toBe("given");
      client.abort();
      await until(() => server.lost !== undefined);
    });
  });
});

describe("a peer that leaves right after the handshake", () => {
  class Greeter extends Recorder {
    override connectionMade(transport: Transport): void {
      super.connectionMade(transport);
      transport.write("hello");
    }
  }
  const greeter = () => new Greeter("server");

  /** A loop that has much to do: what the handshake brings with it, and what follows it, comes in one turn. */
  async function whileBusy(body: () => Promise<void>): Promise<void> {
    let over = false;
    const work = createTask(async () => {
      while (!over) {
        for (const end = performance.now() + 5; performance.now() < end; );
        await sleep(0);
      }
    });
    try {
      await body();
    } finally {
      over = true;
      await work;
    }
  }

  for (const requestCert of [false, true]) {
    it(`is served and closed without a report${requestCert ? ", with a certificate of its own" : ""}`, async () => {
      await run(async () => {
        const reports: ExceptionContext[] = [];
        getRunningLoop().setExceptionHandler((_loop, context) => reports.push(context));
        const ssl = serverContext.with({ requestCert, ca: authority.cert });
        const { port, protocols, server } = await serve({ ssl }, greeter);
        const leave = async (data: string) => {
          const made = protocols.length;
          const socket = tls.connect({
            port,
            host: "127.0.0.1",
            ca: authority.cert,
            servername: "localhost",
            ...client,
          });
          socket.on("error", () => {});
          socket.once("secureConnect", () => (data === "" ? socket.end() : socket.end(data)));
          socket.resume();
          cleanUps.push(() => socket.destroy());
          await until(() => protocols[made]?.lost !== undefined, "the server was not told of the end");
          return protocols[made]!.log;
        };
        await whileBusy(async () => {
          expect(await leave("")).toEqual(["server made", "server eof", "server lost"]);
          expect(await leave("bye")).toEqual(["server made", "server data bye", "server eof", "server lost"]);
        });
        server.close();
        expect(reports).toEqual([]);
      });
    });
  }

  it("is told to a client that has nobody to say farewell to", async () => {
    await run(async () => {
      const raw = tls.createServer({ ...identity }, (socket) => {
        socket.on("error", () => {});
        socket.write("bye", () => socket.destroy());
      });
      await new Promise<void>((resolve) => raw.listen(0, "127.0.0.1", resolve));
      cleanUps.push(() => raw.close());
      const { port } = raw.address() as net.AddressInfo;
      await whileBusy(async () => {
        const make = () => new Greeter("client");
        const [, protocol] = await getRunningLoop().createConnection(make, "127.0.0.1", port, CLIENT);
        await until(() => protocol.lost !== undefined, "the client was not told of the end");
        expect(protocol.received).toBe("bye");
        expect(protocol.lost).not.toBeInstanceOf(TimeoutError);
      });
    });
  });
});

describe("the options", () => {
  it("are refused when they make no sense", async () => {
    await run(async () => {
      const loop: EventLoop = getRunningLoop();
      const connect = (options: object, host: string | null = "127.0.0.1") =>
        failure(loop.createConnection(newRecorder, host, host === null ? null : 1, options));
      const serveWith = (options: object) => failure(loop.createServer(newRecorder, "127.0.0.1", 0, options));
      const message = async (promise: Promise<Error>) => {
        const { name, message: text } = await promise;
        return `${name}: ${text}`;
      };
      expect(await message(connect({ serverHostname: "x" }))).toBe(
        "RangeError: serverHostname is only meaningful with ssl",
      );
      expect(await message(connect({ ssl: true, sock: new net.Socket() }, null))).toBe(
        "RangeError: You must set serverHostname when using ssl without a host",
      );
      expect(await message(connect({ sslHandshakeTimeout: 1 }))).toBe(
        "RangeError: sslHandshakeTimeout is only meaningful with ssl",
      );
      expect(await message(connect({ ssl: true, sslShutdownTimeout: 0 }))).toMatch(
        /^RangeError: sslShutdownTimeout should be a positive number, got 0/,
      );
      expect(await message(connect({ ssl: true, serverHostname: "" }))).toBe(
        "RangeError: checkHostname requires serverHostname",
      );
      expect(await message(serveWith({ ssl: true }))).toBe("TypeError: ssl argument must be an SslContext or null");
      expect(await message(serveWith({ ssl: {} }))).toMatch(/needs a certificate/);
      // Deno looks at certificates when somebody connects.
      if (!onDeno) {
        const nonsense = await serveWith({ ssl: { cert: "no certificate", key: "no key" } });
        expect(nonsense.name).toMatch(onBun ? /Error$/ : /^SslError$/);
      }
      expect(await message(serveWith({ ssl: { certFile: "/no/such/file", keyFile: "/none" } }))).toMatch(
        /^FileNotFoundError: /,
      );
    });
  });

  it("are kept out of logs, and copied", () => {
    expect(String(serverContext)).toBe("<SslContext>");
    const variant = serverContext.with({ minVersion: "TLSv1.3" });
    expect(variant.options).toEqual({ ...identity, minVersion: "TLSv1.3" });
    expect(serverContext.options).not.toHaveProperty("minVersion");
    expect(Object.isFrozen(variant.options)).toBe(true);
    expect(() => new SslContext("x" as never)).toThrow(TypeError);
  });
});
