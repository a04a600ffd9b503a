import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { onDeno, onNode } from "../../../../tests/support/child-process.ts";
import {
  connectPeer,
  DroppingProxy,
  type Peer,
  PeerServer,
  Recorder,
  rounds,
  until,
} from "../../../../tests/support/sockets.ts";
import { createTask, getRunningLoop, run, type Server, sleep, TimeoutError, timeout } from "../index.ts";

const portOf = (server: Server): number => (server.sockets[0]!.getSockName() as [string, number])[1];

describe("a peer that vanishes without a word", () => {
  it("is not noticed by itself; a timeout and abort get rid of it", () =>
    run(async () => {
      const loop = getRunningLoop();
      const server = await PeerServer.listen();
      const proxy = await DroppingProxy.listen(server.port);
      const [transport, protocol] = await loop.createConnection(() => new Recorder(), "127.0.0.1", proxy.port);
      transport.write("hello");
      const peer = await server.peer();
      await until(() => peer.received === "hello");
      proxy.vanish();
      peer.socket.destroy();
      transport.write("are you there?");
      await rounds(50);
      expect(protocol.log).toEqual(["made"]);
      const answer = loop.createFuture<void>();
      await expect(timeout("50ms", () => answer)).rejects.toBeInstanceOf(TimeoutError);
      transport.abort();
      await until(() => protocol.lost === null);
      proxy.close();
      server.close();
    }));

  it("does not make the memory grow: what is written piles up to the high mark, no further", () =>
    run(async () => {
      const loop = getRunningLoop();
      const server = await PeerServer.listen();
      const proxy = await DroppingProxy.listen(server.port);
      const [transport, protocol] = await loop.createConnection(() => new Recorder(), "127.0.0.1", proxy.port);
      proxy.vanish();
      const piece = new Uint8Array(1000);
      const writer = createTask(async () => {
        while (!protocol.log.includes("pause")) {
          transport.write(piece);
          if (Math.random() < 0.01) await sleep(0);
        }
      });
      await writer;
      expect(transport.getWriteBufferSize()).toBeLessThanOrEqual(65_536 + 1000);
      // close would wait for the peer for ever, as asyncio's does.
      transport.close();
      await rounds(20);
      expect(protocol.lost).toBe(undefined);
      transport.abort();
      await until(() => protocol.lost === null);
      proxy.close();
      server.close();
    }));

  it("does not keep a server from ending, if it aborts its clients", () =>
    run(async () => {
      const loop = getRunningLoop();
      const served: Recorder[] = [];
      const server = await loop.createServer(() => served[served.push(new Recorder()) - 1]!, "127.0.0.1", 0);
      const proxy = await DroppingProxy.listen(portOf(server));
      const peer = await connectPeer(proxy.port);
      peer.socket.write("hello");
      await until(() => served[0]?.received === "hello");
      proxy.vanish();
      served[0]!.transport.write(new Uint8Array(20_000_000));
      server.close();
      server.closeClients();
      const over = createTask(server.waitClosed());
      await rounds(20);
      expect(over.done()).toBe(false);
      server.abortClients();
      await over;
      peer.socket.destroy();
      proxy.close();
    }));
});

describe("resets", () => {
  it("of many clients in the middle of a message leave nothing behind", () =>
    run(async () => {
      const loop = getRunningLoop();
      const served: Recorder[] = [];
      const server = await loop.createServer(() => served[served.push(new Recorder()) - 1]!, "127.0.0.1", 0);
      const peers: Peer[] = [];
      for (let i = 0; i < 50; i++) peers.push(await connectPeer(portOf(server)));
      for (const { socket } of peers) socket.write("the first half of");
      await until(() => served.length === 50 && served.every(({ bytes }) => bytes === 17));
      for (const [i, { socket }] of peers.entries()) {
        if (i % 2 === 0) socket.resetAndDestroy();
        else socket.destroy();
        served[i]!.transport.write("answer");
      }
      await until(() => served.every(({ lost }) => lost !== undefined));
      // Those that were closed in order, but with an answer on its way, may end in either manner.
      for (const { log } of served) expect(log.slice(0, 2)).toEqual(["made", "data the first half of"]);
      const resets = served.filter(({ log }) => log.at(-1) === "lost ConnectionResetError").length;
      // Deno's sockets cannot reset.
      if (!onDeno) expect(resets).toBeGreaterThan(0);
      server.close();
      await server.waitClosed();
      expect(loop._openEndpoints).toBe(0);
    }));
});

const prlimit = ((): boolean => {
  try {
    execFileSync("prlimit", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

// Deno's node:net accepts nothing any more once it has failed to.
describe.skipIf(!prlimit || onDeno)("a server without descriptors left", () => {
  const index = new URL("../../dist/index.js", import.meta.url);
  const program = `
    import { execFileSync } from "node:child_process";
    import { getRunningLoop, Protocol, run, sleep } from ${JSON.stringify(index.href)};
    class Echo extends Protocol {
      connectionMade(transport) { this.transport = transport; }
      dataReceived(data) { this.transport.write(data); }
    }
    await run(async () => {
      const loop = getRunningLoop();
      loop.setExceptionHandler((_loop, { message, exception }) => console.log(message + ": " + exception.code));
      const server = await loop.createServer(() => new Echo(), "127.0.0.1", 0);
      execFileSync("prlimit", ["--pid", String(process.pid), "--nofile=60:60"]);
      console.log("port " + server.sockets[0].getSockName()[1]);
      await new Promise((resolve) => process.stdin.once("data", resolve));
      server.close();
      server.abortClients();
      await server.waitClosed();
      console.log("ended");
    }, { handleSignals: false });
    process.exit(0);
  `;

  it("says so, lives on, and serves again when there are some", { timeout: 30_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), "limit-"));
    const file = join(folder, "server.mjs");
    writeFileSync(file, program);
    const child = spawn(process.execPath, [file]);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
    }
    await until(() => /port \d+/.test(output), "the server did not begin");
    const port = Number(/port (\d+)/.exec(output)![1]);
    const sockets: net.Socket[] = [];
    const answered = new Set<net.Socket>();
    const closed = new Set<net.Socket>();
    for (let i = 0; i < 100; i++) {
      const socket = net.connect(port, "127.0.0.1");
      socket.on("error", () => {});
      socket.on("data", () => answered.add(socket));
      socket.on("close", () => closed.add(socket));
      socket.write("x");
      sockets.push(socket);
      await until(() => answered.has(socket) || closed.has(socket) || i > 10);
      await rounds(1);
    }
    await until(() => answered.size > 10);
    if (onNode) {
      await until(() => closed.size > 20);
      expect(output).toContain("socket.accept() out of system resource: EMFILE");
      expect(output.match(/EMFILE/g)!.length).toBeLessThan(10);
    }
    for (const socket of sockets) socket.destroy();
    await until(() => closed.size === sockets.length);
    // The server hears of the ends in its own time.
    let served = false;
    for (let i = 0; i < 100 && !served; i++) {
      const peer = await connectPeer(port);
      peer.socket.write("y");
      await until(() => peer.received === "y" || peer.ended || peer.closed);
      served = peer.received === "y";
      peer.socket.destroy();
    }
    expect(served).toBe(true);
    child.stdin.write("end\n");
    await until(() => output.includes("ended") && child.exitCode !== null);
    expect(child.exitCode).toBe(0);
    rmSync(folder, { recursive: true, force: true });
  });
});
