import { describe, expect, it } from "vitest";
import { PeerServer, Recorder, rounds, until } from "../../../../tests/support/sockets.ts";
import { getRunningLoop, IncompleteReadError, openConnection, run, type Transport } from "../index.ts";

class Pausing extends Recorder {
  override connectionMade(transport: Transport): void {
    super.connectionMade(transport);
    transport.pauseReading();
  }
}

/** Runs `body` with a connection that does not read, to a peer that has sent something. */
function withPaused(
  body: (protocol: Recorder, peer: Awaited<ReturnType<PeerServer["peer"]>>) => Promise<void>,
): Promise<void> {
  return run(async () => {
    const server = await PeerServer.listen();
    try {
      const [transport, protocol] = await getRunningLoop().createConnection(
        () => new Pausing(),
        "127.0.0.1",
        server.port,
      );
      const peer = await server.peer();
      peer.socket.write("half a mess");
      await rounds();
      await body(protocol, peer);
      transport.abort();
    } finally {
      server.close();
    }
  });
}

describe("a reset that is read together with the data before it", () => {
  // Deno's sockets say that they are reset, and lose what they had not read before.
  it.skipIf("Deno" in globalThis)("is no end of file", () =>
    withPaused(async (protocol, peer) => {
      peer.socket.resetAndDestroy();
      await rounds();
      protocol.transport.resumeReading();
      await until(() => protocol.lost !== undefined);
      expect(protocol.log).toEqual(["made", "data half a mess", "lost ConnectionResetError"]);
    }),
  );

  it("fails the read that waits for the end", () =>
    run(async () => {
      const server = await PeerServer.listen();
      const [reader, writer] = await openConnection("127.0.0.1", server.port);
      const peer = await server.peer();
      peer.socket.write("half a mess");
      writer.transport.pauseReading();
      await rounds();
      peer.socket.resetAndDestroy();
      await rounds();
      writer.transport.resumeReading();
      await expect(reader.read()).rejects.toMatchObject({ name: "ConnectionResetError" });
      server.close();
    }));
});

describe("an end of file that is none but that", () => {
  it("leaves the connection open for writing", () =>
    withPaused(async (protocol, peer) => {
      protocol.keepOpen = true;
      peer.socket.end("age");
      await rounds();
      protocol.transport.resumeReading();
      await until(() => protocol.eof);
      protocol.transport.write("answer");
      await until(() => peer.received === "answer");
      expect([protocol.received, protocol.lost]).toEqual(["half a message", undefined]);
    }));

  it("of a peer that is gone altogether is one, too", () =>
    withPaused(async (protocol, peer) => {
      peer.socket.end("age");
      await until(() => peer.socket.writableFinished);
      peer.socket.destroy();
      await rounds();
      protocol.transport.resumeReading();
      await until(() => protocol.lost !== undefined);
      expect(protocol.log.filter((line) => !line.startsWith("data"))).toEqual(["made", "eof", "lost"]);
      expect(protocol.received).toBe("half a message");
    }));

  it("in the middle of what was asked for is an incomplete read", () =>
    run(async () => {
      const server = await PeerServer.listen();
      const [reader, writer] = await openConnection("127.0.0.1", server.port);
      (await server.peer()).socket.end("half");
      await expect(reader.readExactly(10)).rejects.toBeInstanceOf(IncompleteReadError);
      writer.close();
      await writer.waitClosed();
      server.close();
    }));
});
