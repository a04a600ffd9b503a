import { AsyncLocalStorage } from "node:async_hooks";
import net from "node:net";
import { describe, expect, it, vi } from "vitest";
import { onBun } from "../../../../tests/support/child-process.ts";
import { connectPeer, type Peer, PeerServer, Recorder, rounds, until } from "../../../../tests/support/sockets.ts";
import {
  BufferedProtocol,
  ConnectionError,
  ContextVar,
  type ExceptionContext,
  getRunningLoop,
  newEventLoop,
  RuntimeError,
  run,
  sleep,
  type Transport,
} from "../index.ts";
import { runTest } from "../testing/index.ts";
import type { NodeSocket } from "./node.ts";
import { SocketTransport } from "./socket-transport.ts";

interface Pair<P extends Recorder> {
  readonly protocol: P;
  readonly transport: Transport;
  readonly peer: Peer;
  readonly reports: ExceptionContext[];
}

/** Runs `body` with a connection of ours to a server of the runtime's. */
function withPair<P extends Recorder = Recorder>(
  body: (pair: Pair<P>) => Promise<void>,
  { reads = true, make = () => new Recorder() as P }: { reads?: boolean; make?: () => P } = {},
): Promise<void> {
  return run(async () => {
    const loop = getRunningLoop();
    const reports: ExceptionContext[] = [];
    loop.setExceptionHandler((_loop, context) => reports.push(context));
    const server = await PeerServer.listen({ reads });
    try {
      const [transport, protocol] = await loop.createConnection(make, "127.0.0.1", server.port);
      await body({ transport, protocol, peer: await server.peer(), reports });
      transport.abort();
      await until(() => protocol.lost !== undefined, "connectionLost was not called");
    } finally {
      server.close();
    }
  });
}

/** The bytes that go into the system's buffers, and more. */
const BIG = new Uint8Array(20_000_000).fill(97);

describe("the order of the calls", () => {
  it("is made, data, end of file, lost; made comes before createConnection returns", () =>
    withPair(async ({ protocol, peer }) => {
      expect(protocol.log).toEqual(["made"]);
      peer.socket.write("hello");
      await until(() => protocol.bytes === 5);
      peer.socket.end("bye");
      await until(() => protocol.lost === null);
      expect(protocol.log).toEqual(["made", "data hello", "data bye", "eof", "lost"]);
      await until(() => peer.ended);
    }));

  it("begins with connectionMade in an iteration of its own, before any data", () =>
    run(async () => {
      const loop = getRunningLoop();
      const log: string[] = [];
      const server = await PeerServer.listen({ reads: false });
      server.server.on("connection", (socket: net.Socket) => socket.end("early"));
      class Counting extends Recorder {
        override note(what: string): void {
          super.note(what);
          loop.callSoon(() => log.push(`after ${what}`));
        }
      }
      const [, protocol] = await loop.createConnection(() => new Counting("", log), "127.0.0.1", server.port);
      log.push("connected");
      await until(() => protocol.lost === null);
      await sleep(0);
      expect(log).toEqual([
        ...[
          "made",
          "after made",
          "connected",
          "data early",
          "after data early",
          "eof",
          "after eof",
          "lost",
          "after lost",
        ],
      ]);
      server.close();
    }));

  it("has all data before the end of file, and that before the loss, however much it is", () =>
    withPair(async ({ protocol, peer }) => {
      protocol.keepsText = false;
      peer.socket.end(BIG);
      await until(() => protocol.lost === null);
      expect(protocol.bytes).toBe(BIG.length);
      expect(protocol.log).toEqual(["made", "eof", "lost"]);
    }));
});

describe("reading", () => {
  it("pauses: what has arrived is kept, and comes in order afterwards", () =>
    withPair(async ({ protocol, transport, peer }) => {
      peer.socket.write("1");
      await until(() => protocol.received === "1");
      transport.pauseReading();
      transport.pauseReading();
      expect(transport.isReading()).toBe(false);
      peer.socket.write("2");
      await rounds();
      peer.socket.end("3");
      await rounds();
      expect(protocol.log).toEqual(["made", "data 1"]);
      transport.resumeReading();
      transport.resumeReading();
      await until(() => protocol.lost === null);
      expect(protocol.received).toBe("123");
      expect(protocol.log.slice(-2)).toEqual(["eof", "lost"]);
    }));

  it("can be paused within dataReceived: the next piece waits", () =>
    withPair(
      async ({ protocol, transport, peer }) => {
        protocol.keepsText = false;
        peer.socket.end(BIG);
        for (let pieces = 1; !protocol.eof; pieces++) {
          await until(() => !transport.isReading() || protocol.eof);
          expect(protocol.log.filter((line) => line === "piece").length).toBeLessThanOrEqual(pieces);
          transport.resumeReading();
          if (pieces % 50 === 0) await rounds(2);
        }
        expect(protocol.bytes).toBe(BIG.length);
      },
      {
        make: () =>
          new (class extends Recorder {
            override dataReceived(data: Uint8Array): void {
              super.dataReceived(data);
              this.note("piece");
              this.transport.pauseReading();
            }
          })(),
      },
    ));

  it("that is paused slows the peer down", () =>
    withPair(async ({ protocol, transport, peer }) => {
      transport.pauseReading();
      peer.socket.end(BIG);
      await rounds(100);
      expect(peer.socket.writableLength).toBeGreaterThan(0);
      expect(protocol.bytes).toBe(0);
      protocol.keepsText = false;
      transport.resumeReading();
      await until(() => protocol.eof);
      expect(protocol.bytes).toBe(BIG.length);
    }));

  it("can be paused in connectionMade", () =>
    withPair(
      async ({ protocol, transport, peer }) => {
        peer.socket.write("x");
        await rounds();
        expect(protocol.log).toEqual(["made"]);
        transport.resumeReading();
        await until(() => protocol.received === "x");
      },
      {
        make: () =>
          new (class extends Recorder {
            override connectionMade(transport: Transport): void {
              super.connectionMade(transport);
              transport.pauseReading();
            }
          })(),
      },
    ));

  it("goes to another protocol from one piece to the next", () =>
    withPair(async ({ protocol, transport, peer }) => {
      const second = new Recorder();
      peer.socket.write("1");
      await until(() => protocol.received === "1");
      transport.setProtocol(second);
      expect(transport.getProtocol()).toBe(second);
      peer.socket.end("2");
      await until(() => second.lost === null);
      protocol.lost = null;
      expect([protocol.log, second.log]).toEqual([
        ["made", "data 1"],
        ["data 2", "eof", "lost"],
      ]);
    }));
});

/** Reads into memory of its own. */
class Buffered extends BufferedProtocol {
  readonly buffer: Uint8Array;
  readonly hints: number[] = [];
  readonly counts: number[] = [];
  text: string = "";
  eof: boolean = false;
  lost: unknown;

  constructor(size: number) {
    super();
    this.buffer = new Uint8Array(size);
  }

  override getBuffer(sizeHint: number): Uint8Array {
    this.hints.push(sizeHint);
    return this.buffer;
  }

  override bufferUpdated(count: number): void {
    this.counts.push(count);
    this.text += new TextDecoder().decode(this.buffer.subarray(0, count));
  }

  override eofReceived(): void {
    this.eof = true;
  }

  override connectionLost(error: unknown): void {
    this.lost = error;
  }
}

describe("a BufferedProtocol", () => {
  it("gets its memory filled, as often as it takes", () =>
    withPair(async ({ protocol, transport, peer }) => {
      const buffered = new Buffered(4);
      transport.setProtocol(buffered);
      peer.socket.end("0123456789");
      await until(() => buffered.lost === null);
      protocol.lost = null;
      expect(buffered.text).toBe("0123456789");
      expect(buffered.counts).toEqual([4, 4, 2]);
      expect(new Set(buffered.hints)).toEqual(new Set([-1]));
      expect(buffered.eof).toBe(true);
    }));

  it("gives memory of any kind, counted in bytes", () =>
    withPair(async ({ protocol, transport, peer }) => {
      const memory = new Uint32Array(2);
      const buffered = new Buffered(4);
      buffered.getBuffer = () => memory as never;
      buffered.bufferUpdated = (count) => buffered.counts.push(count);
      transport.setProtocol(buffered);
      peer.socket.end("01234");
      await until(() => buffered.lost === null);
      protocol.lost = null;
      expect(buffered.counts).toEqual([5]);
      expect(new TextDecoder().decode(memory)).toBe("01234\0\0\0");
    }));

  it("can pause between two fillings, and hand over to one of the other kind", () =>
    withPair(async ({ protocol, transport, peer }) => {
      class Pausing extends Buffered {
        override bufferUpdated(count: number): void {
          super.bufferUpdated(count);
          transport.pauseReading();
        }
      }
      const buffered = new Pausing(4);
      transport.setProtocol(buffered);
      peer.socket.write("0123456789");
      await until(() => !transport.isReading());
      await rounds();
      expect(buffered.counts).toEqual([4]);
      transport.setProtocol(protocol);
      transport.resumeReading();
      await until(() => protocol.received === "456789");
    }));

  it.each([
    ["throws", () => Promise.reject(), "getBuffer"],
    ["is empty", () => new Uint8Array(0), "getBuffer"],
    ["is no memory", () => ({ length: 5 }), "getBuffer"],
  ])("whose memory %s is given up", (_name, give, method) =>
    withPair(async ({ protocol, transport, peer, reports }) => {
      const buffered = new Buffered(4);
      const error = new Error("no memory");
      buffered.getBuffer = () => {
        const given = give();
        if (!(given instanceof Promise)) return given as Uint8Array;
        given.catch(() => {});
        throw error;
      };
      transport.setProtocol(buffered);
      peer.socket.write("x");
      await until(() => buffered.lost !== undefined);
      protocol.lost = null;
      expect(reports).toHaveLength(1);
      const [report] = reports;
      expect(report!.message).toBe(`Fatal error: protocol.${method}() call failed.`);
      expect([report!.exception, report!.transport, report!.protocol].map(String)).toEqual(
        [buffered.lost, transport, buffered].map(String),
      );
      expect(report!.exception).toBe(buffered.lost);
    }),
  );
});

describe("writing", () => {
  it("takes bytes, views, buffers and texts, in order", () =>
    withPair(async ({ transport, peer }) => {
      transport.write("a");
      transport.write("");
      transport.write(new Uint8Array(0));
      transport.write(new Uint8Array([98]));
      transport.write(new DataView(new Uint8Array([0, 99, 0]).buffer, 1, 1));
      transport.write(new Uint8Array([100]).buffer);
      transport.writeLines(["e", new Uint8Array([102]), ""]);
      transport.writeLines([]);
      transport.write("é");
      await until(() => peer.bytes === 8);
      expect(peer.received).toBe("abcdefé");
    }));

  it.each([[5], [null], [undefined], [[1, 2]], [{}]])("throws TypeError for %s", (value) =>
    withPair(async ({ transport }) => {
      expect(() => transport.write(value as never)).toThrow(TypeError);
      expect(() => transport.writeLines(["a", value as never])).toThrow(TypeError);
    }),
  );

  it("pauses the protocol above the high mark, resumes it, and loses nothing", () =>
    withPair(
      async ({ protocol, transport, peer }) => {
        expect(transport.getWriteBufferLimits()).toEqual([16_384, 65_536]);
        let written = 0;
        while (!protocol.log.includes("pause")) {
          transport.write(BIG.subarray(0, 10_000));
          written += 10_000;
          await rounds(1);
        }
        expect(transport.getWriteBufferSize()).toBeGreaterThan(65_536);
        expect(transport.getWriteBufferSize()).toBeLessThanOrEqual(65_536 + 10_000);
        peer.read();
        await until(() => protocol.log.includes("resume"));
        expect(transport.getWriteBufferSize()).toBeLessThanOrEqual(16_384);
        await until(() => peer.bytes === written);
        expect(protocol.log).toEqual(["made", "pause", "resume"]);
      },
      { reads: false },
    ));

  it("does not pause for what only waits for the end of the iteration", () =>
    withPair(async ({ protocol, transport, peer }) => {
      for (let i = 0; i < 100; i++) transport.write(BIG.subarray(0, 1000));
      await until(() => peer.bytes === 100_000);
      expect(protocol.log).toEqual(["made"]);
    }));

  it("looks at the size again when the limits are set", () =>
    withPair(
      async ({ protocol, transport, peer }) => {
        transport.setWriteBufferLimits({ high: 100_000_000 });
        transport.write(BIG);
        expect(protocol.log).toEqual(["made"]);
        transport.setWriteBufferLimits({ high: 0 });
        expect(protocol.log).toEqual(["made", "pause"]);
        expect(() => transport.setWriteBufferLimits({ high: 1, low: 2 })).toThrow(RangeError);
        expect(transport.getWriteBufferLimits()).toEqual([0, 0]);
        peer.read();
        await until(() => peer.bytes === BIG.length);
        await until(() => protocol.log.includes("resume"));
      },
      { reads: false },
    ));

  it("goes on with a protocol whose pauseWriting and resumeWriting throw", () =>
    withPair(
      async ({ protocol, transport, peer, reports }) => {
        const error = new Error("broken");
        protocol.pauseWriting = protocol.resumeWriting = () => {
          throw error;
        };
        transport.write(BIG);
        transport.write("end");
        peer.read();
        await until(() => peer.bytes === BIG.length + 3);
        await until(() => reports.length === 2);
        expect(reports.map(({ message }) => message)).toEqual([
          "protocol.pauseWriting() failed",
          "protocol.resumeWriting() failed",
        ]);
      },
      { reads: false },
    ));

  it("ends with writeEof: the peer sees the end, and can still send", () =>
    withPair(async ({ protocol, transport, peer }) => {
      expect(transport.canWriteEof()).toBe(true);
      transport.write("a");
      transport.write("b");
      transport.writeEof();
      transport.writeEof();
      expect(() => transport.write("c")).toThrow(new RuntimeError("Cannot call write() after writeEof()"));
      expect(() => transport.writeLines(["c"])).toThrow(new RuntimeError("Cannot call writeLines() after writeEof()"));
      await until(() => peer.ended);
      expect([peer.received, transport.isClosing()]).toEqual(["ab", false]);
      peer.socket.end("answer");
      await until(() => protocol.lost === null);
      expect(protocol.received).toBe("answer");
    }));

  it("to a lost connection does nothing, and warns from the fifth time on", () =>
    withPair(async ({ transport, protocol }) => {
      const warn = vi.spyOn(getRunningLoop(), "_warn").mockImplementation(() => {});
      transport.abort();
      for (let i = 0; i < 4; i++) transport.write("x");
      expect(warn).not.toHaveBeenCalled();
      transport.write("x");
      transport.writeLines(["x"]);
      transport.write("");
      expect(warn.mock.calls).toEqual([["socket.send() raised exception."], ["socket.send() raised exception."]]);
      await until(() => protocol.lost === null);
    }));
});

describe("the peer's end of file", () => {
  it("leaves the connection open for writing, if the protocol wants that", () =>
    withPair(async ({ protocol, transport, peer }) => {
      protocol.keepOpen = true;
      peer.socket.end("question");
      await until(() => protocol.eof);
      await rounds();
      expect(transport.isClosing()).toBe(false);
      transport.write("answer");
      await until(() => peer.received === "answer");
      transport.close();
      await until(() => peer.ended && protocol.lost === null);
    }));

  it("and ours leave it to the program to close", () =>
    withPair(async ({ protocol, transport, peer }) => {
      protocol.keepOpen = true;
      peer.socket.end();
      await until(() => protocol.eof);
      transport.writeEof();
      await until(() => peer.ended);
      await rounds();
      expect(protocol.log).toEqual(["made", "eof"]);
      transport.close();
      await until(() => protocol.lost === null);
    }));
});

describe("closing", () => {
  it("sends what is buffered, and more that is written meanwhile; then it is lost, once", () =>
    withPair(
      async ({ protocol, transport, peer }) => {
        transport.write(BIG);
        transport.close();
        transport.close();
        expect(transport.isClosing()).toBe(true);
        transport.write("more");
        await rounds();
        expect(protocol.lost).toBe(undefined);
        peer.read();
        await until(() => peer.ended);
        expect(peer.bytes).toBe(BIG.length + 4);
        await until(() => protocol.lost === null);
        expect(protocol.log.filter((line) => line === "lost")).toEqual(["lost"]);
        expect(transport.getWriteBufferSize()).toBe(0);
      },
      { reads: false },
    ));

  it("receives nothing any more", () =>
    withPair(async ({ protocol, transport, peer }) => {
      peer.socket.write("1");
      await until(() => protocol.received === "1");
      transport.close();
      peer.socket.write("2");
      await until(() => protocol.lost === null);
      await rounds();
      expect(protocol.log).toEqual(["made", "data 1", "lost"]);
    }));

  it("tells the protocol in a later iteration", () =>
    withPair(async ({ protocol, transport }) => {
      transport.close();
      expect(protocol.lost).toBe(undefined);
      await sleep(0);
      expect(protocol.lost).toBe(null);
    }));

  it("by abort drops what is buffered", () =>
    withPair(
      async ({ protocol, transport, peer }) => {
        transport.write(BIG);
        transport.abort();
        transport.abort();
        expect(transport.getWriteBufferSize()).toBe(0);
        await until(() => protocol.lost === null);
        peer.read();
        await until(() => peer.closed || peer.ended);
        expect(peer.bytes).toBeLessThan(BIG.length);
        expect(protocol.log.filter((line) => line.startsWith("lost"))).toEqual(["lost"]);
      },
      { reads: false },
    ));

  it("by abort, or by a protocol that throws, does not take back what was written before", () =>
    withPair(
      async ({ protocol, peer, reports }) => {
        peer.socket.write("throw");
        await until(() => protocol.lost !== undefined);
        await until(() => peer.ended || peer.closed);
        expect(peer.received).toBe("one two three");
        expect(reports).toHaveLength(1);
      },
      {
        make: () =>
          new (class extends Recorder {
            override dataReceived(): never {
              this.transport.write("one ");
              this.transport.write("two ");
              this.transport.writeLines(["th", "ree"]);
              throw new Error("after the answer");
            }
          })(),
      },
    ));

  it.each(["close", "abort"] as const)("by %s in connectionMade is a loss like any other", (how) =>
    withPair(
      async ({ protocol, peer }) => {
        await until(() => protocol.lost === null);
        expect(protocol.log).toEqual(["made", "lost"]);
        await until(() => peer.ended);
      },
      {
        make: () =>
          new (class extends Recorder {
            override connectionMade(transport: Transport): void {
              super.connectionMade(transport);
              transport[how]();
            }
          })(),
      },
    ),
  );
});

describe("a peer that is gone", () => {
  it("with a reset is a ConnectionError, after all data", () =>
    withPair(async ({ protocol, peer }) => {
      peer.socket.write("half a mess");
      await until(() => protocol.bytes === 11);
      peer.socket.resetAndDestroy();
      await until(() => protocol.lost !== undefined);
      expect(protocol.lost).toBeInstanceOf(ConnectionError);
      expect(protocol.lost).toMatchObject({ name: "ConnectionResetError", code: "ECONNRESET" });
      expect(protocol.log).toEqual(["made", "data half a mess", "lost ConnectionResetError"]);
    }));

  it("while reading is paused: nothing that had arrived is lost", () =>
    withPair(async ({ protocol, transport, peer }) => {
      peer.socket.write("1");
      await until(() => protocol.bytes === 1);
      peer.socket.write("23");
      transport.pauseReading();
      await rounds();
      peer.socket.resetAndDestroy();
      await rounds();
      transport.resumeReading();
      await until(() => protocol.lost !== undefined);
      expect(["1", "123"]).toContain(protocol.received);
      expect(protocol.log.at(-1)).toMatch(/^lost Connection/);
    }));

  it("is found by writing, while reading is paused", () =>
    withPair(async ({ protocol, transport, peer }) => {
      transport.pauseReading();
      peer.socket.resetAndDestroy();
      await until(() => peer.closed);
      await until(() => {
        if (protocol.lost === undefined) transport.write("x");
        return protocol.lost !== undefined;
      });
      expect(protocol.lost).toBeInstanceOf(ConnectionError);
    }));

  it("before the transport is there is told, too", () =>
    run(async () => {
      const loop = getRunningLoop();
      const peer = await PeerServer.listen();
      const { socket } = await connectPeer(peer.port);
      socket.resetAndDestroy();
      const error = await loop
        .createConnection(() => new Recorder(), null, null, { sock: socket })
        .then(null, (caught: unknown) => caught);
      expect(error).toMatchObject({ name: "OSError", code: "EBADF" });
      peer.close();
    }));
});

describe("a socket that was over before its transport was made", () => {
  class Greeter extends Recorder {
    override connectionMade(transport: Transport): void {
      super.connectionMade(transport);
      transport.write("hello");
    }
  }

  /** What the protocol hears, and what is reported, over a socket that `prepare` has brought to its end. */
  const played = (prepare: (sock: net.Socket, peer: Peer) => Promise<void>) =>
    run(async () => {
      const loop = getRunningLoop();
      const reports: ExceptionContext[] = [];
      loop.setExceptionHandler((_loop, context) => reports.push(context));
      const server = await PeerServer.listen();
      const sock = net.connect({ port: server.port, host: "127.0.0.1" });
      sock.on("error", () => {});
      await prepare(sock, await server.peer());
      const protocol = new Greeter();
      new SocketTransport(loop, sock as NodeSocket, protocol);
      await until(() => protocol.lost !== undefined, "connectionLost was not called");
      await until(() => loop._openEndpoints === 0);
      server.close();
      expect(reports).toEqual([]);
      return protocol.log;
    });

  it.skipIf(onBun)("by a reset: what it had read is delivered, and what is written is dropped", async () => {
    const log = await played(async (sock, peer) => {
      sock.on("readable", () => {});
      peer.socket.write("rest");
      await until(() => sock.readableLength === 4);
      peer.socket.resetAndDestroy();
      await until(() => sock.destroyed);
      sock.removeAllListeners("readable");
    });
    expect(log).toEqual(["made", "data rest", "lost ConnectionResetError"]);
  });

  it("by an end in both directions: the end is told, and what is written is dropped", async () => {
    const log = await played(async (sock, peer) => {
      peer.socket.end();
      sock.resume();
      await until(() => sock.destroyed);
    });
    expect(log).toEqual(["made", "eof", "lost"]);
  });

  it("by an end that the runtime has answered, and the system has yet to send", async () => {
    const log = await played(async (sock, peer) => {
      peer.socket.end();
      sock.resume();
      await new Promise((resolve) => sock.on("end", resolve));
    });
    expect(log.slice(0, 2)).toEqual(["made", "eof"]);
    expect(log[2]).toMatch(/^lost/);
  });
});

describe("a protocol that throws", () => {
  const error = new Error("broken");

  it.each([
    ["connectionMade", ["lost Error"]],
    ["dataReceived", ["made", "lost Error"]],
    ["eofReceived", ["made", "data x", "lost Error"]],
  ] as const)("in %s is reported, and the connection given up", (method, log) =>
    withPair(
      async ({ protocol, peer, reports, transport }) => {
        peer.socket.end("x");
        await until(() => protocol.lost !== undefined);
        expect(protocol.lost).toBe(error);
        expect(protocol.log).toEqual(log);
        expect(reports).toEqual([
          { message: `Fatal error: protocol.${method}() call failed.`, exception: error, transport, protocol },
        ]);
        await until(() => peer.ended || peer.closed);
      },
      {
        make: () => {
          const protocol = new Recorder();
          protocol[method] = () => {
            throw error;
          };
          return protocol;
        },
      },
    ),
  );

  it("in connectionLost is reported, and nothing leaks", () =>
    withPair(async ({ protocol, transport, peer, reports }) => {
      const loop = getRunningLoop();
      protocol.connectionLost = () => {
        throw error;
      };
      transport.close();
      await until(() => reports.length === 1);
      protocol.lost = null;
      expect(reports[0]).toMatchObject({ exception: error });
      expect(reports[0]!.message).toMatch(/^Exception in callback /);
      await until(() => peer.ended);
      expect(loop._openEndpoints).toBe(0);
    }));
});

describe("the loop", () => {
  it("that is stopped receives nothing until it runs again", async () => {
    const loop = newEventLoop();
    const server = await PeerServer.listen();
    const [transport, protocol] = await loop.runUntilComplete(
      loop.createConnection(() => new Recorder(), "127.0.0.1", server.port),
    );
    const peer = await server.peer();
    peer.socket.write("1");
    await rounds();
    peer.socket.end("2");
    await rounds();
    expect(protocol.log).toEqual(["made"]);
    transport.write("sent");
    await until(() => peer.received === "sent");
    await loop.runUntilComplete(async () => {
      await until(() => protocol.lost !== undefined);
    });
    expect([protocol.received, protocol.log.slice(-2)]).toEqual(["12", ["eof", "lost"]]);
    loop.close();
    server.close();
  });

  it("that is stopped for long does not take everything from the peer", async () => {
    const loop = newEventLoop();
    const server = await PeerServer.listen();
    const [, protocol] = await loop.runUntilComplete(
      loop.createConnection(() => new Recorder(), "127.0.0.1", server.port),
    );
    protocol.keepsText = false;
    const peer = await server.peer();
    peer.socket.end(BIG);
    await rounds(200);
    expect(peer.socket.writableLength).toBeGreaterThan(0);
    await loop.runUntilComplete(async () => {
      await until(() => protocol.eof);
    });
    expect(protocol.bytes).toBe(BIG.length);
    loop.close();
    server.close();
  });

  it("that is closed in the iteration of a write has sent it", async () => {
    const loop = newEventLoop();
    const server = await PeerServer.listen();
    const [transport] = await loop.runUntilComplete(
      loop.createConnection(() => new Recorder(), "127.0.0.1", server.port),
    );
    const peer = await server.peer();
    loop.callSoon(() => {
      for (const word of ["one ", "two ", "three"]) transport.write(word);
      loop.stop();
    });
    await loop.runForever();
    loop.close();
    await until(() => peer.closed || peer.ended);
    expect(peer.received).toBe("one two three");
    server.close();
  });

  it("that is closed destroys the socket; in debug mode it says so", async () => {
    const loop = newEventLoop();
    loop.setDebug(true);
    const warn = vi.spyOn(loop, "_warn").mockImplementation(() => {});
    const server = await PeerServer.listen();
    const [transport, protocol] = await loop.runUntilComplete(
      loop.createConnection(() => new Recorder(), "127.0.0.1", server.port),
    );
    const peer = await server.peer();
    peer.socket.write("never read");
    loop.close();
    expect(warn.mock.calls).toEqual([
      [expect.stringMatching(/^unclosed transport <SocketTransport open read=polling write=<bufsize=0>>$/)],
    ]);
    await until(() => peer.closed || peer.ended);
    expect([transport.isClosing(), protocol.log, loop._openEndpoints]).toEqual([true, ["made"], 0]);
    transport.write("x");
    transport.close();
    transport.abort();
    await rounds();
    expect(protocol.log).toEqual(["made"]);
    server.close();
  });

  it("on a virtual clock waits for the network in real time", () =>
    runTest(async () => {
      const loop = getRunningLoop();
      const server = await PeerServer.listen();
      const answered = loop.createFuture<string>();
      class Asking extends Recorder {
        override dataReceived(data: Uint8Array): void {
          answered.setResult(new TextDecoder().decode(data));
        }
      }
      const [transport] = await loop.createConnection(() => new Asking(), "127.0.0.1", server.port);
      server.peers[0]?.socket.write("pong");
      const late = loop.callLater(1000, () => answered.done() || answered.setResult("the clock jumped"));
      if (server.peers.length === 0) server.server.on("connection", (socket: net.Socket) => socket.write("pong"));
      expect(await answered).toBe("pong");
      expect(loop.time()).toBe(0);
      late.cancel();
      transport.abort();
      await sleep(0);
      expect(loop._openEndpoints).toBe(0);
      server.close();
    }));

  it("may be one of two in the process, each with connections of its own", async () => {
    const server = await PeerServer.listen();
    const talk = (name: string): Promise<string> =>
      run(async () => {
        const [transport, protocol] = await getRunningLoop().createConnection(
          () => new Recorder(),
          "127.0.0.1",
          server.port,
        );
        transport.write(name);
        transport.writeEof();
        await until(() => protocol.lost === null);
        return protocol.received;
      });
    server.server.on("connection", (socket: net.Socket) => socket.on("data", (data) => socket.end(`to ${data}`)));
    expect(await Promise.all([talk("one"), talk("two")])).toEqual(["to one", "to two"]);
    server.close();
  });
});

describe("a transport", () => {
  it("works on when nobody holds it", () =>
    run(async () => {
      const loop = getRunningLoop();
      const server = await PeerServer.listen();
      const log: string[] = [];
      await (async () => {
        await loop.createConnection(() => new Recorder("", log), "127.0.0.1", server.port);
      })();
      (globalThis as unknown as { gc(): void }).gc();
      await rounds();
      (await server.peer()).socket.end("still here");
      await until(() => log.includes("lost"));
      expect(log).toEqual(["made", "data still here", "eof", "lost"]);
      server.close();
    }));

  it("calls its protocol in the context of its making", () =>
    run(async () => {
      const variable = new ContextVar<string>("name");
      const storage = new AsyncLocalStorage<string>();
      const loop = getRunningLoop();
      const server = await PeerServer.listen();
      const seen: unknown[] = [];
      class Asking extends Recorder {
        override note(what: string): void {
          super.note(what);
          seen.push([what, variable.get("none"), storage.getStore()]);
        }
      }
      variable.set("mine");
      const [, protocol] = await storage.run("frame", async () => {
        return await loop.createConnection(() => new Asking(), "127.0.0.1", server.port);
      });
      variable.set("changed");
      (await server.peer()).socket.end("x");
      await until(() => protocol.lost === null);
      expect(seen).toEqual(["made", "data x", "eof", "lost"].map((what) => [what, "mine", "frame"]));
      server.close();
    }));

  it("tells what it knows, also when it is closed", () =>
    withPair(async ({ protocol, transport, peer }) => {
      const { port } = peer.socket.address() as net.AddressInfo;
      const mine = (peer.socket as net.Socket).remotePort;
      expect(transport.getExtraInfo("peername")).toEqual(["127.0.0.1", port]);
      expect(transport.getExtraInfo("sockname")).toEqual(["127.0.0.1", mine]);
      expect((transport.getExtraInfo("socket") as net.Socket).localPort).toBe(mine);
      expect(transport.getExtraInfo("cipher")).toBe(null);
      expect(transport.getExtraInfo("ssl_object" as never, "none")).toBe("none");
      expect(transport.getExtraInfo("nonsense" as never)).toBe(null);
      expect(String(transport)).toBe("<SocketTransport open read=polling write=<bufsize=0>>");
      transport.close();
      expect(String(transport)).toBe("<SocketTransport closed read=idle write=<bufsize=0>>");
      await until(() => protocol.lost === null);
      expect(transport.getExtraInfo("peername")).toEqual(["127.0.0.1", port]);
    }));
});
