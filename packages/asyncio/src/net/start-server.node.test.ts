import { connect, type Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { bodyOf } from "../../../../tests/support/both-kinds.ts";
import {
  type Awaitable,
  asyncWith,
  type ConnectionHandler,
  ConnectionRefusedError,
  ConnectionResetError,
  createTask,
  type ExceptionContext,
  Event as Flag,
  gather,
  getRunningLoop,
  IncompleteReadError,
  openConnection,
  run,
  type Server,
  type StreamReader,
  type StreamWriter,
  sleep,
  startServer,
  type Task,
  timeout,
} from "../index.ts";

const decoder = new TextDecoder();
const text = (bytes: Uint8Array): string => decoder.decode(bytes);
const LOCAL = "127.0.0.1";

const portOf = (server: Server): number => (server.sockets[0]!.getSockName() as readonly [string, number])[1];

/** Runs a body beside a server with this handler; afterwards nothing is left of it. */
function serving<T>(
  handler: ConnectionHandler,
  body: (port: number, server: Server) => Promise<T>,
  options: { readonly limit?: number } = {},
): Promise<T> {
  return run(async () => {
    const server = await startServer(handler, LOCAL, 0, options);
    try {
      return await timeout(30, () => body(portOf(server), server));
    } finally {
      server.close();
      server.closeClients();
      await server.waitClosed();
    }
  });
}

/** A client of the runtime's own, for what ours would not do. */
function plainClient(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: LOCAL, port, allowHalfOpen: true });
    socket.once("connect", () => resolve(socket));
    socket.once("error", reject);
  });
}

function reports(): ExceptionContext[] {
  const all: ExceptionContext[] = [];
  getRunningLoop().setExceptionHandler((_loop, context) => all.push(context));
  return all;
}

async function thrown(awaitable: PromiseLike<unknown>): Promise<unknown> {
  try {
    return `gave ${String(await awaitable)}`;
  } catch (error) {
    return error;
  }
}

const pattern = (size: number): Uint8Array => Uint8Array.from({ length: size }, (_, at) => (at * 7 + (at >> 8)) & 255);

describe.each(["generator", "native"])("a server of streams whose handlers are %s coroutines", (kind) => {
  const handler = (
    script: (reader: StreamReader, writer: StreamWriter) => Generator<Awaitable<unknown>, void, never>,
  ) => bodyOf(kind, script) as ConnectionHandler;

  const echo = handler(function* (reader, writer) {
    while (true) {
      const line = (yield reader.readLine()) as Uint8Array;
      if (line.length === 0) break;
      writer.write(line);
      yield writer.drain();
    }
    writer.close();
    yield writer.waitClosed();
  });

  it("echoes lines", () =>
    serving(echo, async (port) => {
      const [reader, writer] = await openConnection(LOCAL, port);
      await asyncWith(writer, async () => {
        for (const line of ["hello\n", "wörld\n", "\n"]) {
          writer.write(line);
          expect(text(await reader.readLine())).toBe(line);
        }
        writer.writeEof();
        expect(text(await reader.read())).toBe("");
        expect(reader.atEof()).toBe(true);
      });
    }));

  it("serves 1,000 clients at once", () =>
    serving(echo, async (port) => {
      const client = bodyOf(kind, function* (number: number) {
        const [reader, writer] = (yield openConnection(LOCAL, port)) as [StreamReader, StreamWriter];
        for (let round = 0; round < 3; round++) {
          writer.write(`${number} ${round}\n`);
          const answer = (yield reader.readLine()) as Uint8Array;
          if (text(answer) !== `${number} ${round}\n`) throw new Error(`${number} got ${text(answer)}`);
        }
        writer.close();
        yield writer.waitClosed();
        return 1;
      });
      // As many at once as the queue of the server takes.
      let served = 0;
      for (let batch = 0; batch < 10; batch++) {
        const numbers = Array.from({ length: 100 }, (_, at) => batch * 100 + at);
        served += (await gather(numbers.map((number) => () => client(number)))).length;
      }
      expect(served).toBe(1000);
    }));

  it("loses no byte, however often reads are cancelled", () => {
    const sent = pattern(300_000);
    const sending = handler(function* (_reader, writer) {
      for (let at = 0, size = 1; at < sent.length; at += size, size = (size * 5 + 1) % 3001) {
        writer.write(sent.subarray(at, at + size));
        if (size % 3 === 0) yield sleep(0);
        yield writer.drain();
      }
      writer.close();
    });
    return serving(sending, async (port) => {
      const [reader, writer] = await openConnection(LOCAL, port, { limit: 5000 });
      const got: Uint8Array[] = [];
      let cancelled = 0;
      let chance = 1;
      const random = (n: number): number => {
        chance = (chance * 48_271) % 0x7fffffff;
        return chance % n;
      };
      while (!reader.atEof()) {
        const count = random(4000);
        const reads = [() => reader.read(count), () => reader.readExactly(count), () => reader.readUntil("\n")];
        const read = reads[random(3)]!;
        const task = createTask(
          bodyOf(kind, function* () {
            return (yield read()) as Uint8Array;
          }),
        );
        for (let turns = random(4); turns > 0; turns--) await sleep(0);
        if (random(2) === 0) task.cancel();
        try {
          got.push(await task);
        } catch (error) {
          if (task.cancelled()) cancelled++;
          else if (error instanceof IncompleteReadError) got.push(error.partial);
          else throw error;
        }
      }
      writer.close();
      expect(cancelled).toBeGreaterThan(20);
      expect(Buffer.concat(got).equals(sent)).toBe(true);
    });
  });

  it("answers after the client's end", () =>
    serving(
      handler(function* (reader, writer) {
        const question = (yield reader.read()) as Uint8Array;
        writer.write(`${question.length} bytes`);
        writer.close();
      }),
      async (port) => {
        const [reader, writer] = await openConnection(LOCAL, port);
        expect(writer.canWriteEof()).toBe(true);
        writer.write(pattern(500_000));
        writer.writeEof();
        expect(text(await reader.read())).toBe("500000 bytes");
        writer.close();
        await writer.waitClosed();
      },
    ));

  it("holds a writer back while its reader is slow, and keeps little for the reader", () => {
    const total = 64 * 1024 * 1024;
    const piece = pattern(64 * 1024);
    let written = 0;
    return serving(
      handler(function* (_reader, writer) {
        while (written < total) {
          writer.write(piece);
          written += piece.length;
          yield writer.drain();
        }
        writer.close();
      }),
      async (port) => {
        const [reader, writer] = await openConnection(LOCAL, port, { limit: 16 * 1024 });
        // Until nothing moves any more.
        for (let before = -1; before !== written; ) {
          before = written;
          await sleep(0.05);
        }
        expect(written).toBeLessThan(total / 2); // The rest is what the two systems' buffers take.
        let most = 0;
        let got = 0;
        while (!reader.atEof()) {
          most = Math.max(most, reader._buffer.length);
          got += (await reader.read(10_000)).length;
        }
        expect(got).toBe(total);
        expect(most).toBeLessThanOrEqual(2 * 16 * 1024 + 512 * 1024); // Twice the limit, and the largest piece of a runtime.
        writer.close();
      },
    );
  });

  it("reports a handler that throws, and closes its connection", () =>
    serving(
      handler(function* (reader) {
        yield reader.readLine();
        throw new Error("broken");
      }),
      async (port) => {
        const all = reports();
        const [reader, writer] = await openConnection(LOCAL, port);
        writer.write("hello\n");
        expect(text(await reader.read())).toBe("");
        expect(all.map(({ message, exception }) => [message, (exception as Error).message])).toEqual([
          ["Unhandled exception in client_connected_cb", "broken"],
        ]);
        writer.close();
      },
    ));

  it("is told of a reset in the middle of a message, and of an end there", async () => {
    const seen: unknown[] = [];
    const both = new Flag();
    let begun = 0;
    await serving(
      handler(function* (reader, writer) {
        try {
          yield reader.readExactly(1);
          begun++;
          yield reader.readExactly(10);
        } catch (error) {
          seen.push(error);
        }
        writer.close();
        if (seen.length === 2) both.set();
      }),
      async (port) => {
        for (const goodbye of [(socket: Socket) => socket.end(), (socket: Socket) => socket.resetAndDestroy()]) {
          const before = seen.length;
          // A reset that comes together with data is an end for the runtime: it has to come later.
          const socket = await plainClient(port);
          socket.on("error", () => {});
          socket.write("1half");
          while (begun === before) await sleep(0.001);
          goodbye(socket);
          while (seen.length === before) await sleep(0.001);
          socket.destroy();
        }
        await both.wait();
      },
    );
    expect(seen[0]).toBeInstanceOf(IncompleteReadError);
    expect(text((seen[0] as IncompleteReadError).partial)).toBe("half");
    expect(seen[1]).toBeInstanceOf(ConnectionResetError);
    expect(seen[1]).toMatchObject({ code: "ECONNRESET" });
  });

  it("notices in the midst of a step that the peer has gone", async () => {
    const piece = pattern(1024);
    let socket: Socket | null = null;
    let rounds = 0;
    let failure: unknown = null;
    const over = new Flag();
    await serving(
      handler(function* (reader, writer) {
        yield reader.readExactly(1);
        socket!.resetAndDestroy();
        try {
          for (; rounds < 1000; rounds++) {
            writer.write(piece);
            yield writer.drain();
          }
        } catch (error) {
          failure = error;
        }
        writer.close();
        over.set();
      }),
      async (port) => {
        socket = await plainClient(port);
        socket.on("error", () => {});
        socket.write("1");
        await over.wait();
      },
    );
    expect(rounds).toBeLessThan(100);
    expect(failure).toMatchObject({ code: expect.stringMatching(/^(ECONNRESET|EPIPE)$/) });
  });

  it("ends a loop of write and drain when the peer has gone", async () => {
    let failure: unknown = null;
    const over = new Flag();
    await serving(
      handler(function* (_reader, writer) {
        try {
          while (true) {
            writer.write(pattern(1000));
            yield writer.drain();
          }
        } catch (error) {
          failure = error;
        }
        writer.close();
        over.set();
      }),
      async (port) => {
        const socket = await plainClient(port);
        socket.on("error", () => {});
        socket.destroy();
        await over.wait();
      },
    );
    expect(failure).toMatchObject({ code: expect.stringMatching(/^(ECONNRESET|EPIPE)$/) });
  });
});

describe("openConnection and startServer", () => {
  it("say who does not answer", () =>
    run(async () => {
      const server = await startServer(() => {}, LOCAL, 0);
      const port = portOf(server);
      server.close();
      await server.waitClosed();
      expect(await thrown(openConnection(LOCAL, port))).toBeInstanceOf(ConnectionRefusedError);
    }));

  it("check their arguments", () =>
    run(async () => {
      expect(() => startServer("no function" as never, LOCAL, 0)).toThrow(TypeError);
      expect(await thrown(startServer(() => {}, LOCAL, 0, { limit: 0 }))).toBeInstanceOf(RangeError);
      expect(await thrown(openConnection(LOCAL, 1, { limit: Number.NaN }))).toBeInstanceOf(RangeError);
    }));

  it("leave nothing when they are cancelled at any moment", () =>
    serving(
      async (reader, writer) => {
        await reader.read();
        writer.close();
      },
      async (port, server) => {
        for (let turns = 0; turns < 8; turns++) {
          const task = createTask(openConnection(LOCAL, port));
          for (let i = 0; i < turns; i++) await sleep(0);
          task.cancel();
          const outcome = await thrown(task);
          if (task.cancelled()) continue;
          expect(String(outcome)).toMatch(/^gave/);
          task.result()[1].close();
        }
        server.close();
        await server.waitClosed(); // Does not hang on a connection that nobody holds.
      },
    ));

  it("give each line of a connection to `for await`", () =>
    serving(
      async (_reader, writer) => {
        writer.writeLines(["a\n", "b\n", "c"]);
        await writer[Symbol.asyncDispose]();
      },
      async (port) => {
        const [reader, writer] = await openConnection(LOCAL, port);
        const lines: string[] = [];
        for await (const line of reader) lines.push(text(line));
        expect(lines).toEqual(["a\n", "b\n", "c"]);
        await writer[Symbol.asyncDispose]();
      },
    ));

  it("do not hang at the end of a block whose peer takes nothing", () =>
    serving(
      async (_reader, writer) => {
        await writer.waitClosed();
      },
      async (port, server) => {
        const socket = await plainClient(port);
        socket.pause();
        const [, writer] = await openConnection(LOCAL, port);
        writer.write(new Uint8Array(30 * 1024 * 1024));
        const left = timeout(0.1, () => asyncWith(writer, async () => {}));
        expect(await thrown(left)).toMatchObject({ name: "TimeoutError" });
        await writer.waitClosed();
        socket.destroy();
        server.abortClients();
      },
    ));

  it("end every stream with the server's clients", () => {
    let accepted = 0;
    return serving(
      async (reader) => {
        accepted++;
        await reader.read();
      },
      async (port, server) => {
        const streams = await gather(Array.from({ length: 20 }, () => openConnection(LOCAL, port)));
        const ends: Task<Uint8Array>[] = streams.map(([reader]) => createTask(reader.read()));
        while (accepted < streams.length) await sleep(0.001); // The system resets what nobody has accepted.
        server.close();
        server.closeClients();
        await server.waitClosed();
        expect((await gather(ends)).every(({ length }) => length === 0)).toBe(true);
        for (const [, writer] of streams) await writer[Symbol.asyncDispose]();
      },
    );
  });

  it("let a program end that forgets its streams", async () => {
    const kept: StreamWriter[] = [];
    await run(async () => {
      const server = await startServer((_reader, writer) => void kept.push(writer), LOCAL, 0);
      const [, writer] = await openConnection(LOCAL, portOf(server));
      kept.push(writer);
      writer.write("never read");
      while (kept.length < 2) await sleep(0.001);
    });
    expect(kept.map((writer) => writer.isClosing())).toEqual([true, true]);
  });

  it("keep a stream whose end somebody waits for, and let go of one that nobody has", () =>
    run(async () => {
      const loop = getRunningLoop();
      const { gc } = globalThis as { gc?: () => void };
      // Debug mode must not hold what it reports.
      loop.setDebug(true);
      loop.slowCallbackDuration = Infinity; // Collecting garbage is slow.
      const messages: string[] = [];
      loop.setExceptionHandler((_loop, { message }) => messages.push(message));
      const answer: ConnectionHandler = async (reader, writer) => {
        await reader.read();
        writer.close();
      };
      const server = await startServer(answer, LOCAL, 0);
      const ends: Task<void>[] = [];
      const connecting = async (waits: boolean): Promise<void> => {
        const [, writer] = await openConnection(LOCAL, portOf(server));
        if (waits) ends.push(createTask(writer.waitClosed()));
      };
      for (const waits of [true, false]) await createTask(() => connecting(waits));
      await timeout(20, async () => {
        while (messages.length === 0) {
          gc?.();
          await sleep(0.001);
        }
      });
      for (let i = 0; i < 5; i++) {
        gc?.();
        await sleep(0.001);
      }
      expect(messages).toEqual(["unclosed StreamWriter: nobody holds the stream any more; its connection is closed"]);
      expect(ends.map((task) => task.done())).toEqual([false]);
      server.close();
      server.closeClients();
      await server.waitClosed();
      loop.setDebug(false);
    }));
});
