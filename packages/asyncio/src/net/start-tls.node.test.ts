import net from "node:net";
import tls from "node:tls";
import { describe, expect, it } from "vitest";
import { bodyOf } from "../../../../tests/support/both-kinds.ts";
import { Authority } from "../../../../tests/support/certificates.ts";
import { connectPeer, PeerServer, Recorder, rounds, until } from "../../../../tests/support/sockets.ts";
import "../process/loop-methods.ts";
import { wrapPromise } from "../interop/wrap-promise.ts";
import { isCancelled, RuntimeError } from "../loop/errors.ts";
import { SslCertVerificationError, SslError } from "../loop/ssl-errors.ts";
import { ConnectionAbortedError, ConnectionResetError } from "../loop/system-errors.ts";
import { run } from "../structured/runner.ts";
import { sleep } from "../structured/sleep.ts";
import { createTask } from "../tasks/create-task.ts";
import { getRunningLoop } from "../tasks/default-loop.ts";
import { openConnection } from "./open-connection.ts";
import type { Server } from "./server.ts";
import { SslContext } from "./ssl-context.ts";
import { startServer } from "./start-server.ts";
import type { Transport } from "./transport.ts";

const authority = new Authority();
const serverContext = new SslContext({ ...authority.issue() });
const clientContext = new SslContext({ ca: authority.cert });
const CLIENT = { serverHostname: "localhost" };

const wait = (condition: () => boolean, what?: string) => wrapPromise(() => until(condition, what));

/** Asks for TLS by a line of its own, as SMTP does. */
class Upgrading extends Recorder {
  upgraded: Transport | null = null;
  failure: unknown = null;
  override dataReceived(data: Uint8Array): void {
    super.dataReceived(data);
    const loop = getRunningLoop();
    if (this.upgraded !== null) return this.upgraded.write(data);
    if (!this.received.endsWith("STARTTLS\n")) return;
    this.transport.write("go ahead\n");
    loop.createTask(async () => {
      try {
        this.upgraded = await loop.startTls(this.transport, this, serverContext, { serverSide: true });
        this.note("upgraded");
      } catch (error) {
        this.failure = error;
      }
    });
  }
}

async function serveUpgrades(): Promise<{ server: Server; port: number; protocols: Upgrading[] }> {
  const protocols: Upgrading[] = [];
  const factory = () => {
    protocols.push(new Upgrading("server"));
    return protocols.at(-1)!;
  };
  const server = await getRunningLoop().createServer(factory, "127.0.0.1", 0);
  return { server, port: (server.sockets[0]!.getSockName() as [string, number])[1], protocols };
}

const newRecorder = () => new Recorder("client");

describe.each(["generator", "native"])("startTls in a %s coroutine", (kind) => {
  it("upgrades both ends in place", async () => {
    await run(
      bodyOf(kind, function* () {
        const loop = getRunningLoop();
        const { server, port, protocols } = (yield wrapPromise(() => serveUpgrades())) as Awaited<
          ReturnType<typeof serveUpgrades>
        >;
        const [plain, protocol] = (yield loop.createConnection(newRecorder, "127.0.0.1", port)) as [
          Transport,
          Recorder,
        ];
        plain.write("STARTTLS\n");
        yield wait(() => protocol.received === "go ahead\n");
        const secure = (yield loop.startTls(plain, protocol, clientContext, CLIENT)) as Transport;
        expect(secure).not.toBe(plain);
        expect(plain.isClosing()).toBe(true);
        expect(secure.getProtocol()).toBe(protocol);
        expect(secure.getExtraInfo("sslContext")).toBe(clientContext);
        expect(secure.getExtraInfo("peername")).toEqual(["127.0.0.1", port]);
        secure.write("secret");
        yield wait(() => protocol.received === "go ahead\nsecret");
        // The server knows the new transport instead of the old one.
        server.close();
        server.closeClients();
        yield server.waitClosed();
        yield wait(() => protocol.lost !== undefined);
        expect(protocol.log).toEqual([
          "client made",
          "client data go ahead\n",
          "client data secret",
          "client eof",
          "client lost",
        ]);
        const [{ log }] = protocols as [Upgrading];
        expect(log).toEqual([
          "server made",
          "server data STARTTLS\n",
          "server upgraded",
          "server data secret",
          "server lost",
        ]);
      }),
    );
  });

  it("closes the connection when it is cancelled", async () => {
    await run(
      bodyOf(kind, function* () {
        const loop = getRunningLoop();
        const deaf = (yield wrapPromise(() => PeerServer.listen())) as PeerServer;
        const [plain, protocol] = (yield loop.createConnection(newRecorder, "127.0.0.1", deaf.port)) as [
          Transport,
          Recorder,
        ];
        const task = createTask(loop.startTls(plain, protocol, clientContext, CLIENT));
        yield wait(() => (deaf.peers[0]?.bytes ?? 0) > 0, "no handshake began");
        task.cancel();
        try {
          yield task;
          expect.unreachable();
        } catch (error) {
          expect(isCancelled(error)).toBe(true);
        }
        yield wait(() => protocol.lost !== undefined && deaf.peers[0]!.ended);
        expect(protocol.log).toEqual(["client made", "client lost"]);
        deaf.close();
      }),
    );
  });
});

describe("startTls", () => {
  it("gives to the handshake what the plain transport has read already", async () => {
    await run(async () => {
      const loop = getRunningLoop();
      const protocols: Recorder[] = [];
      const listening = await loop.createServer(
        () => {
          protocols.push(new Recorder("server"));
          return protocols[0]!;
        },
        "127.0.0.1",
        0,
      );
      const port = (listening.sockets[0]!.getSockName() as [string, number])[1];
      const raw = net.connect({ port, host: "127.0.0.1" });
      await until(() => protocols[0]?.made === true);
      // The client begins at once; its hello waits in the paused transport.
      const client = tls.connect({ socket: raw, ca: authority.cert, servername: "localhost" });
      client.on("error", () => {});
      protocols[0]!.transport.pauseReading();
      await rounds(50);
      const upgraded = await loop.startTls(protocols[0]!.transport, protocols[0]!, serverContext, { serverSide: true });
      client.write("early bird");
      await until(() => protocols[0]!.received === "early bird");
      upgraded.write("caught");
      const answer = await new Promise((resolve) => client.once("data", resolve));
      expect(String(answer)).toBe("caught");
      client.destroy();
      await until(() => protocols[0]!.lost !== undefined);
      listening.close();
    });
  });

  it("sends first what was written before", async () => {
    await run(async () => {
      const loop = getRunningLoop();
      const size = 40_000_000;
      const server = net.createServer({ pauseOnConnect: true });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const { port } = server.address() as net.AddressInfo;
      const accepted = new Promise<net.Socket>((resolve) => server.once("connection", resolve));
      const [plain, protocol] = await loop.createConnection(newRecorder, "127.0.0.1", port);
      plain.write(new Uint8Array(size));
      const upgrading = createTask(loop.startTls(plain, protocol, clientContext, CLIENT));
      const socket = await accepted;
      let left = size;
      await new Promise<void>((resolve) => {
        const take = (): void => {
          for (let chunk = socket.read(); chunk !== null; chunk = socket.read()) {
            left -= chunk.length;
            if (left > 0) continue;
            if (left < 0) socket.unshift(chunk.subarray(left));
            socket.off("readable", take);
            return resolve();
          }
        };
        socket.on("readable", take);
      });
      const { cert, key } = serverContext.options as { cert: string; key: string };
      const secured = new tls.TLSSocket(socket, { isServer: true, cert, key });
      secured.on("error", () => {});
      const transport = await upgrading;
      transport.write("after");
      const text = await new Promise((resolve) => secured.once("data", resolve));
      expect(String(text)).toBe("after");
      // Too much had been written; by the upgrade it has gone.
      expect(protocol.log.slice(0, 3)).toEqual(["client made", "client pause", "client resume"]);
      transport.abort();
      secured.destroy();
      server.close();
    });
  });

  it("fails with the certificate, and closes the connection", async () => {
    await run(async () => {
      const loop = getRunningLoop();
      const { server, port, protocols } = await serveUpgrades();
      const [plain, protocol] = await loop.createConnection(newRecorder, "127.0.0.1", port);
      plain.write("STARTTLS\n");
      await until(() => protocol.received === "go ahead\n");
      const wrong = { serverHostname: "other.example" };
      await expect(loop.startTls(plain, protocol, clientContext, wrong)).rejects.toThrow(SslCertVerificationError);
      await until(() => protocol.lost !== undefined && protocols[0]!.lost !== undefined);
      expect(protocol.lost).toBeInstanceOf(SslCertVerificationError);
      server.close();
      await server.waitClosed();
    });
  });

  it("fails when the peer does not speak TLS, goes, or says nothing", async () => {
    await run(async () => {
      const loop = getRunningLoop();
      const upgrade = async (act: (socket: net.Socket) => void, options: object = {}) => {
        const server = net.createServer((socket) => {
          socket.on("error", () => {});
          socket.once("data", () => act(socket));
        });
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
        const { port } = server.address() as net.AddressInfo;
        const [plain, protocol] = await loop.createConnection(newRecorder, "127.0.0.1", port);
        server.close();
        try {
          await loop.startTls(plain, protocol, clientContext, { ...CLIENT, ...options });
        } catch (error) {
          await until(() => protocol.lost !== undefined);
          expect(protocol.lost).toBe(error);
          return error;
        }
        return expect.unreachable();
      };
      expect(await upgrade((socket) => socket.write("500 what?\r\n"))).toBeInstanceOf(SslError);
      expect(await upgrade((socket) => socket.destroy())).toBeInstanceOf(ConnectionResetError);
      expect(await upgrade(() => {}, { sslHandshakeTimeout: "50ms" })).toBeInstanceOf(ConnectionAbortedError);
    });
  });

  it("fails on a connection that is gone, and when it is aborted meanwhile", async () => {
    await run(async () => {
      const loop = getRunningLoop();
      const peers = await PeerServer.listen();
      const [gone, first] = await loop.createConnection(newRecorder, "127.0.0.1", peers.port);
      gone.abort();
      await expect(loop.startTls(gone, first, clientContext, CLIENT)).rejects.toThrow("Connection lost");
      const [plain, second] = await loop.createConnection(newRecorder, "127.0.0.1", peers.port);
      const task = createTask(loop.startTls(plain, second, clientContext, CLIENT));
      await until(() => (peers.peers[1]?.bytes ?? 0) > 0);
      plain.abort();
      await expect(task).rejects.toThrow(ConnectionResetError);
      await until(() => second.lost !== undefined);
      expect(second.log).toEqual(["client made", "client lost"]);
      peers.close();
    });
  });

  it("refuses what cannot be upgraded", async () => {
    await run(async () => {
      const loop = getRunningLoop();
      const peers = await PeerServer.listen();
      const [plain, protocol] = await loop.createConnection(newRecorder, "127.0.0.1", peers.port);
      await expect(loop.startTls(plain, protocol, null as never)).rejects.toThrow(
        "sslContext is expected to be an SslContext, got null",
      );
      await expect(loop.startTls({} as never, protocol, clientContext, CLIENT)).rejects.toThrow(
        "is not supported by startTls()",
      );
      await expect(loop.startTls(plain, protocol, clientContext)).rejects.toThrow(
        "checkHostname requires serverHostname",
      );
      await expect(loop.startTls(plain, protocol, {}, { serverSide: true })).rejects.toThrow("needs a certificate");
      // None of that has harmed the connection.
      plain.write("still plain");
      await until(() => peers.peers[0]?.received === "still plain");
      plain.abort();
      peers.close();
    });
  });

  it("has the connection to itself: nobody writes, reads or upgrades meanwhile", async () => {
    await run(async () => {
      const loop = getRunningLoop();
      const { server, port } = await serveUpgrades();
      const [plain, protocol] = await loop.createConnection(newRecorder, "127.0.0.1", port);
      plain.write("STARTTLS\n");
      await until(() => protocol.received === "go ahead\n");
      const upgrade = createTask(loop.startTls(plain, protocol, clientContext, CLIENT));
      await sleep(0);
      expect(() => plain.write("plain")).toThrow(new RuntimeError("unable to write; startTls is in progress"));
      expect(() => plain.writeLines(["plain"])).toThrow(RuntimeError);
      plain.resumeReading();
      await expect(loop.startTls(plain, protocol, clientContext, CLIENT)).rejects.toThrow(
        "is not supported by startTls()",
      );
      const secure = await upgrade;
      secure.write("secret");
      await until(() => protocol.received === "go ahead\nsecret");
      plain.write("dropped");
      secure.close();
      await until(() => protocol.lost !== undefined);
      expect([protocol.received, protocol.lost]).toEqual(["go ahead\nsecret", null]);
      server.close();
    });
  });

  it("serves streams", async () => {
    await run(async () => {
      const server = await startServer(
        async (reader, writer) => {
          expect(String(await reader.readLine())).toBe("STARTTLS\n");
          writer.write("go ahead\n");
          await writer.startTls(serverContext);
          for await (const line of reader) writer.write(line);
          writer.close();
        },
        "127.0.0.1",
        0,
      );
      const [, port] = server.sockets[0]!.getSockName() as [string, number];
      const [reader, writer] = await openConnection("127.0.0.1", port);
      writer.write("STARTTLS\n");
      expect(String(await reader.readLine())).toBe("go ahead\n");
      await writer.startTls(clientContext, CLIENT);
      expect(writer.getExtraInfo("cipher")).not.toBeNull();
      writer.write("one\ntwo\n");
      expect(String(await reader.readLine())).toBe("one\n");
      expect(String(await reader.readLine())).toBe("two\n");
      writer.close();
      await writer.waitClosed();
      server.close();
      await server.waitClosed();
    });
  });

  it("leaves no peer waiting that closes at once", async () => {
    await run(async () => {
      const { server, port, protocols } = await serveUpgrades();
      const peer = await connectPeer(port);
      peer.socket.write("STARTTLS\n");
      await until(() => peer.received === "go ahead\n");
      peer.socket.end();
      await until(() => protocols[0]!.failure !== null);
      expect(protocols[0]!.failure).toBeInstanceOf(ConnectionResetError);
      await until(() => peer.ended);
      peer.socket.destroy();
      server.close();
      await server.waitClosed();
    });
  });
});
