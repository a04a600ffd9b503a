import dgram from "node:dgram";
import { mkdtempSync, rmSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bodyOf } from "../../../../tests/support/both-kinds.ts";
import { connectPeer, PeerServer, rounds, until } from "../../../../tests/support/sockets.ts";
import {
  type Address,
  ConnectionRefusedError,
  createTask,
  FileNotFoundError,
  GaiError,
  getRunningLoop,
  isCancelled,
  NotImplementedError,
  run,
  waitFor,
} from "../index.ts";

const listen = async (server: net.Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as net.AddressInfo).port;
};

describe.each(["generator", "native"])("sockConnect and sockAccept, awaited by %s code", (kind) => {
  it("make a connection, and each side knows the other's address", () =>
    run(async () => {
      const loop = getRunningLoop();
      const server = net.createServer();
      const port = await listen(server);
      const client = new net.Socket();
      const [accepted, address] = await createTask(
        bodyOf(kind, function* () {
          const accepting = createTask(loop.sockAccept<net.Socket>(server));
          yield loop.sockConnect(client, ["localhost", port]);
          yield loop.sockSendAll(client, "hello");
          return (yield accepting) as [net.Socket, Address];
        }),
      );
      expect(address).toEqual(["127.0.0.1", client.localPort]);
      expect(Buffer.from(await loop.sockRecv(accepted, 10)).toString()).toBe("hello");
      client.destroy();
      accepted.destroy();
      server.close();
    }));

  it("fail with what the system says", () =>
    run(async () => {
      const loop = getRunningLoop();
      const server = await PeerServer.listen();
      const { port } = server;
      server.close();
      await until(() => !server.server.listening);
      const error = await createTask(
        bodyOf(kind, function* () {
          try {
            yield loop.sockConnect(new net.Socket(), ["127.0.0.1", port]);
          } catch (caught) {
            return caught as Error;
          }
          return null;
        }),
      );
      expect(error).toBeInstanceOf(ConnectionRefusedError);
      expect(error!.message).toMatch(new RegExp(`Connect call failed \\('127.0.0.1', ${port}\\)$`));
    }));
});

describe("sockConnect", () => {
  it("cancelled, gives the connection up", () =>
    run(async () => {
      const loop = getRunningLoop();
      const server = await PeerServer.listen();
      const socket = new net.Socket();
      const task = createTask(loop.sockConnect(socket, ["127.0.0.1", server.port]));
      await until(() => socket.connecting);
      task.cancel();
      await expect(task).rejects.toSatisfy(isCancelled);
      expect(socket.destroyed).toBe(true);
      await expect(loop.sockConnect(socket, ["127.0.0.1", server.port])).rejects.toMatchObject({ code: "EBADF" });
      await rounds(5);
      expect(server.peers.every(({ closed, ended }) => closed || ended)).toBe(true);
      server.close();
    }));

  it("cancelled before its first step, leaves the socket as it is", () =>
    run(async () => {
      const loop = getRunningLoop();
      const server = await PeerServer.listen();
      const socket = new net.Socket();
      const task = createTask(loop.sockConnect(socket, ["127.0.0.1", server.port]));
      task.cancel();
      await expect(task).rejects.toSatisfy(isCancelled);
      await loop.sockConnect(socket, ["127.0.0.1", server.port]);
      socket.destroy();
      server.close();
    }));

  it("of a socket that is connected or connecting is an error", () =>
    run(async () => {
      const loop = getRunningLoop();
      const server = await PeerServer.listen();
      const socket = new net.Socket();
      const first = createTask(loop.sockConnect(socket, ["127.0.0.1", server.port]));
      await until(() => socket.connecting || first.done());
      if (!first.done()) {
        await expect(loop.sockConnect(socket, ["127.0.0.1", server.port])).rejects.toMatchObject({ code: "EALREADY" });
      }
      await first;
      await expect(loop.sockConnect(socket, ["127.0.0.1", server.port])).rejects.toMatchObject({ code: "EISCONN" });
      socket.destroy();
      server.close();
    }));

  it("connects to Unix sockets", () =>
    run(async () => {
      const loop = getRunningLoop();
      const folder = mkdtempSync(join(tmpdir(), "unix-"));
      const path = join(folder, "socket");
      await expect(loop.sockConnect(new net.Socket(), path)).rejects.toBeInstanceOf(FileNotFoundError);
      const server = net.createServer();
      await new Promise<void>((resolve) => server.listen(path, resolve));
      const socket = new net.Socket();
      const accepting = createTask(loop.sockAccept<net.Socket>(server));
      await loop.sockConnect(socket, path);
      const [accepted, address] = await accepting;
      expect(address).toBe("");
      await loop.sockSendAll(accepted, "hello");
      expect((await loop.sockRecv(socket, 10)).length).toBe(5);
      socket.destroy();
      accepted.destroy();
      server.close();
      rmSync(folder, { recursive: true });
    }));

  it("checks its arguments", () =>
    run(async () => {
      const loop = getRunningLoop();
      const socket = new net.Socket();
      await expect(loop.sockConnect(socket, ["127.0.0.1"] as never)).rejects.toThrow(
        "sockConnect() takes an address, [host, port], got ['127.0.0.1']",
      );
      await expect(loop.sockConnect(socket, ["127.0.0.1", Number.NaN])).rejects.toThrow(RangeError);
      await expect(loop.sockConnect(socket, ["host.invalid", 80])).rejects.toBeInstanceOf(GaiError);
      await expect(loop.sockConnect(7 as never, ["127.0.0.1", 80])).rejects.toBeInstanceOf(NotImplementedError);
    }));

  it("gives a datagram socket its peer", () =>
    run(async () => {
      const loop = getRunningLoop();
      const socket = dgram.createSocket("udp4");
      await loop.sockConnect(socket, ["localhost", 9]);
      expect(socket.remoteAddress()).toMatchObject({ address: "127.0.0.1", port: 9 });
      await expect(loop.sockConnect(socket, ["127.0.0.1", 10])).rejects.toThrow();
      socket.close();
    }));
});

describe("sockAccept", () => {
  it("loses no connection when it is cancelled between the wake-up and its step", () =>
    run(async () => {
      const loop = getRunningLoop();
      const server = net.createServer();
      const port = await listen(server);
      const task = createTask(loop.sockAccept(server));
      await rounds(2);
      server.on("connection", () => task.cancel());
      const peer = await connectPeer(port);
      await until(() => task.done());
      await task.catch((error: unknown) => expect(isCancelled(error)).toBe(true));
      const [accepted] = await loop.sockAccept<net.Socket>(server);
      expect(accepted.remotePort).toBe(peer.socket.localPort);
      accepted.destroy();
      peer.socket.destroy();
      server.close();
    }));

  it("keeps what comes while nobody accepts, in its order, with the bytes", () =>
    run(async () => {
      const loop = getRunningLoop();
      const server = net.createServer();
      const port = await listen(server);
      const first = createTask(loop.sockAccept<net.Socket>(server));
      const peers = [];
      for (let i = 0; i < 20; i++) {
        const peer = await connectPeer(port);
        peer.socket.write(String(i));
        peers.push(peer);
      }
      const accepted = [(await first)[0]];
      while (accepted.length < 20) accepted.push((await loop.sockAccept<net.Socket>(server))[0]);
      const order = [];
      for (const socket of accepted) order.push(Number(Buffer.from(await loop.sockRecv(socket, 10)).toString()));
      expect(order).toEqual(peers.map((_, i) => i));
      for (const socket of accepted) socket.destroy();
      for (const { socket } of peers) socket.destroy();
      server.close();
    }));

  it("survives connections that are reset before they are accepted", () =>
    run(async () => {
      const loop = getRunningLoop();
      const server = net.createServer();
      const port = await listen(server);
      const waiting = createTask(loop.sockAccept(server));
      await rounds(2);
      waiting.cancel();
      const peer = await connectPeer(port);
      peer.socket.write("x");
      peer.socket.resetAndDestroy?.();
      peer.socket.destroy();
      await rounds(20);
      const [accepted] = await loop.sockAccept<net.Socket>(server);
      // Its data, its end or its error: but no wait.
      await waitFor(loop.sockRecv(accepted, 1), 5).catch((error: unknown) => {
        expect(error).toMatchObject({ code: "ECONNRESET" });
      });
      accepted.destroy();
      server.close();
    }));

  it("closes what comes when too many wait, and tells", () =>
    run(async () => {
      const loop = getRunningLoop();
      const server = net.createServer();
      await listen(server);
      const waiting = createTask(loop.sockAccept(server));
      await rounds(2);
      waiting.cancel();
      const sockets: net.Socket[] = [];
      for (let i = 0; i < 5000; i++) server.emit("connection", sockets[sockets.push(new net.Socket()) - 1]);
      expect(sockets.filter(({ destroyed }) => destroyed).length).toBe(5000 - 4096);
      for (let i = 0; i < 4096; i++) expect((await loop.sockAccept(server))[0]).toBe(sockets[i]);
      await expect(loop.sockAccept(server)).rejects.toMatchObject({ code: "ECONNABORTED" });
      const last = createTask(loop.sockAccept(server));
      await rounds(2);
      expect(last.done()).toBe(false);
      server.close();
      await expect(last).rejects.toMatchObject({ code: "EBADF" });
    }));

  it("throws EINVAL for what does not listen, EBADF for what does no more", () =>
    run(async () => {
      const loop = getRunningLoop();
      const server = net.createServer();
      await expect(loop.sockAccept(server)).rejects.toMatchObject({ code: "EINVAL" });
      await expect(loop.sockAccept(new net.Socket())).rejects.toMatchObject({ code: "EINVAL" });
      await expect(loop.sockRecv(server, 1)).rejects.toMatchObject({ code: "ENOTCONN" });
      await listen(server);
      const task = createTask(loop.sockAccept(server));
      await rounds(2);
      server.close();
      await expect(task).rejects.toMatchObject({ code: "EBADF" });
      await expect(loop.sockAccept(server)).rejects.toMatchObject({ code: "EBADF" });
    }));
});
