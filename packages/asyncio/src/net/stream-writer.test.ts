import { describe, expect, it } from "vitest";
import { bodyOf, type Script } from "../../../../tests/support/both-kinds.ts";
import { FakeTransport } from "../../../../tests/support/fake-transport.ts";
import {
  type Awaitable,
  asyncWith,
  cancelScope,
  createTask,
  type ExceptionContext,
  getRunningLoop,
  isCancelled,
  run,
  StreamReader,
  StreamReaderProtocol,
  StreamWriter,
  sleep,
  type Task,
  timeout,
} from "../index.ts";
import { runTest } from "../testing/index.ts";

interface Parts {
  readonly reader: StreamReader;
  readonly writer: StreamWriter;
  readonly transport: FakeTransport;
  readonly protocol: StreamReaderProtocol;
}

function connect(info: Record<string, unknown> = {}): Parts {
  const loop = getRunningLoop();
  const reader = new StreamReader();
  const protocol = new StreamReaderProtocol(reader);
  const transport = new FakeTransport(protocol, info);
  protocol.connectionMade(transport);
  return { reader, writer: new StreamWriter(transport, protocol, reader, loop), transport, protocol };
}

const turns = async (): Promise<void> => {
  for (let i = 0; i < 4; i++) await sleep(0);
};

describe.each(["generator", "native"])("StreamWriter, used by a %s coroutine", (kind) => {
  const running = <T>(script: Script<[], T>): Promise<T> => runTest(bodyOf(kind, script));
  const start = (make: () => Awaitable<unknown>): Task<unknown> =>
    createTask(
      bodyOf(kind, function* () {
        return yield make();
      }),
    );

  it("drains at once while little is buffered", () =>
    running(function* () {
      const { writer, transport } = connect();
      let turned = false;
      const other = createTask(function* () {
        turned = true;
      });
      writer.write("hello ");
      writer.write(new TextEncoder().encode("world"));
      writer.writeLines(["!", "?"]);
      yield writer.drain();
      expect(transport.sent).toBe("hello world!?");
      expect(turned).toBe(false);
      yield other;
    }));

  it("lets any number of drains wait until the buffer has drained", () =>
    running(function* () {
      const { writer, protocol } = connect();
      protocol.pauseWriting();
      const drains = [1, 2, 3].map(() => start(() => writer.drain()));
      yield createTask(turns);
      drains[1]!.cancel();
      yield createTask(turns);
      expect(drains.map((drain) => drain.done())).toEqual([false, true, false]);
      protocol.resumeWriting();
      yield createTask(turns);
      expect(drains.map((drain) => drain.done())).toEqual([true, true, true]);
      expect(drains.map((drain) => drain.cancelled())).toEqual([false, true, false]);
    }));

  it("tells drains that wait why the connection was lost", () =>
    running(function* () {
      for (const lostWith of [new Error("reset"), null]) {
        const { writer, transport, protocol } = connect();
        protocol.pauseWriting();
        const drains = [1, 2].map(() => start(() => writer.drain()));
        yield createTask(turns);
        transport.lose(lostWith);
        yield createTask(turns);
        expect(drains.map((drain) => drain.exception())).toEqual([lostWith, lostWith]);
      }
    }));

  it("throws in drain what reading fails with, else that the connection is lost", () =>
    running(function* () {
      const reset = new Error("reset");
      const { writer, transport } = connect();
      transport.lose(reset);
      expect(yield* catching(writer.drain())).toBe(reset);
      const other = connect();
      other.transport.lose();
      expect(yield* catching(other.writer.drain())).toMatchObject({
        name: "ConnectionResetError",
        message: "Connection lost",
        code: "ECONNRESET",
      });
    }));

  it("ends a loop of write and drain on a peer that has gone", () =>
    running(function* () {
      const { writer, transport } = connect();
      getRunningLoop().callSoon(() => transport.close());
      let rounds = 0;
      let error: unknown = null;
      while (error === null) {
        rounds++;
        if (rounds > 10) throw new Error("it spins");
        writer.write("more");
        if (rounds === 1) yield sleep(0);
        const result = yield* catching(writer.drain());
        if (result instanceof Error) error = result;
      }
      expect(error).toMatchObject({ message: "Connection lost" });
      expect(rounds).toBe(1);
    }));

  it("takes one turn to drain a stream that is being closed", () =>
    running(function* () {
      const { writer, transport } = connect();
      const drain = writer.drain();
      Object.assign(transport, { closing: true }); // and stays so
      let turned = 0;
      const other = createTask(function* () {
        while (true) {
          turned++;
          yield;
        }
      });
      yield drain;
      expect(turned).toBe(1);
      other.cancel();
    }));

  it("is cancelled in drain while it is being closed", () =>
    running(function* () {
      const { writer, transport } = connect();
      Object.assign(transport, { closing: true });
      const drain = start(() => writer.drain());
      yield sleep(0);
      drain.cancel();
      yield createTask(turns);
      expect(drain.cancelled()).toBe(true);
    }));

  it("waits for the end of the connection in any number of tasks, and after it", () =>
    running(function* () {
      const { writer } = connect();
      const waits = [1, 2, 3].map(() => start(() => writer.waitClosed()));
      yield createTask(turns);
      waits[0]!.cancel();
      yield createTask(turns);
      writer.close();
      writer.close();
      expect(writer.isClosing()).toBe(true);
      yield createTask(turns);
      expect(waits.map((wait) => wait.cancelled())).toEqual([true, false, false]);
      expect(waits.every((wait) => wait.done())).toBe(true);
      yield writer.waitClosed();
    }));

  it("throws from waitClosed what the connection was lost with, each time", () =>
    running(function* () {
      const { writer, transport } = connect();
      const reset = new Error("reset");
      const wait = start(() => writer.waitClosed());
      yield createTask(turns);
      transport.lose(reset);
      expect(yield* catching(wait)).toBe(reset);
      expect(yield* catching(writer.waitClosed())).toBe(reset);
    }));

  it("closes at the end of its block", () =>
    running(function* () {
      const { writer, transport } = connect();
      yield asyncWith(
        writer,
        bodyOf(kind, function* (same: StreamWriter) {
          expect(same).toBe(writer);
          same.write("bye");
          yield sleep(0);
        }),
      );
      expect([transport.sent, transport.log]).toEqual(["bye", ["close"]]);
      yield writer.waitClosed();
    }));

  it("throws at the end of its block an error that nobody was told", () =>
    running(function* () {
      const reset = new Error("reset");
      const unseen = connect();
      const late = start(() => unseen.writer[Symbol.asyncDispose]());
      yield sleep(0);
      unseen.transport.lose(reset);
      expect(yield* catching(late)).toBe(reset);

      const read = connect();
      read.transport.lose(reset);
      expect(yield* catching(read.reader.read())).toBe(reset);
      yield read.writer[Symbol.asyncDispose]();

      const drained = connect();
      drained.protocol.pauseWriting();
      const drain = start(() => drained.writer.drain());
      yield createTask(turns);
      drained.transport.lose(reset);
      expect(yield* catching(drain)).toBe(reset);
      yield drained.writer[Symbol.asyncDispose]();

      const waited = connect();
      waited.transport.lose(reset);
      expect(yield* catching(waited.writer.waitClosed())).toBe(reset);
      yield waited.writer[Symbol.asyncDispose]();
    }));

  it("gives up what is buffered when leaving its block is cancelled", () =>
    running(function* () {
      const { writer, transport } = connect();
      transport.close = () => void transport.log.push("flushing"); // and never ends
      const left = timeout(
        5,
        bodyOf(kind, function* () {
          yield asyncWith(
            writer,
            bodyOf(kind, function* () {}),
          );
        }),
      );
      expect(yield* catching(left)).toMatchObject({ name: "TimeoutError" });
      expect(transport.log).toEqual(["flushing", "abort"]);
      yield writer.waitClosed();
    }));

  it("does not wait at the end of its block in a cancelled scope", () =>
    running(function* () {
      const { writer, transport } = connect();
      transport.close = () => void transport.log.push("flushing");
      yield cancelScope(
        bodyOf(kind, function* (scope: { cancel(): void }) {
          yield asyncWith(
            writer,
            bodyOf(kind, function* () {
              scope.cancel();
              yield sleep("1h");
            }),
          );
        }) as never,
      );
      expect(transport.log).toEqual(["flushing", "abort"]);
    }));
});

// biome-ignore lint/suspicious/noExplicitAny: what it is resumed with is whatever was awaited
function* catching(awaitable: Awaitable<unknown>): Generator<Awaitable<unknown>, unknown, any> {
  try {
    return `gave ${String(yield awaitable)}`;
  } catch (error) {
    return error;
  }
}

describe("StreamWriter", () => {
  it("hands everything else to its transport", () =>
    runTest(async () => {
      const { writer, transport } = connect({ peername: ["10.0.0.1", 80] });
      expect(writer.transport).toBe(transport);
      expect(writer.getExtraInfo("peername")).toEqual(["10.0.0.1", 80]);
      expect(writer.getExtraInfo("sockname")).toBe(null);
      expect(writer.getExtraInfo("sockname", "none")).toBe("none");
      expect(writer.canWriteEof()).toBe(true);
      writer.writeEof();
      expect(transport.log).toEqual(["eof"]);
      expect(String(writer)).toMatch(/^<StreamWriter transport=.*FakeTransport.* reader=<StreamReader/);
    }));

  it("lets drain be cancelled before it starts", () =>
    runTest(async () => {
      const { writer, protocol } = connect();
      protocol.pauseWriting();
      const drain = createTask(writer.drain());
      drain.cancel();
      await turns();
      expect(drain.cancelled()).toBe(true);
      protocol.resumeWriting();
      await writer.drain();
    }));

  it("wakes 100,000 drains in the time of their number", () =>
    run(async () => {
      const { writer, protocol } = connect();
      protocol.pauseWriting();
      let woken = 0;
      for (let i = 0; i < 100_000; i++) {
        createTask(function* () {
          yield* writer.drain();
          woken++;
        });
      }
      await turns();
      protocol.resumeWriting();
      await turns();
      expect(woken).toBe(100_000);
    }));

  it("can be awaited by something that is no task of its own", () =>
    runTest(async () => {
      const { writer, transport } = connect();
      const seen: unknown[] = [];
      const both = Promise.allSettled([
        Promise.resolve(writer.waitClosed()),
        Promise.resolve(writer.waitClosed()),
      ]).then((all) => seen.push(...all.map(({ status }) => status)));
      await sleep(0);
      transport.lose();
      await both;
      expect(seen).toEqual(["fulfilled", "fulfilled"]);
    }));

  it("is closed and reported when nobody holds its stream", () =>
    runTest(async () => {
      const loop = getRunningLoop();
      loop.setDebug(true);
      const reports: ExceptionContext[] = [];
      loop.setExceptionHandler((_loop, context) => reports.push(context));
      const { gc } = globalThis as { gc?: () => void };
      const transports = [] as FakeTransport[];
      let held: StreamReader | null = null;
      (() => {
        const abandoned = connect();
        const readable = connect();
        const closed = connect();
        closed.writer.close();
        held = readable.reader;
        transports.push(abandoned.transport, readable.transport, closed.transport);
      })();
      for (let i = 0; i < 50 && transports[0]!.log.length === 0; i++) {
        gc?.();
        await new Promise((resolve) => setTimeout(resolve, 1));
        await turns();
      }
      expect(transports.map(({ log }) => log)).toEqual([["close"], [], ["close"]]);
      expect(reports.map(({ message }) => message)).toEqual([
        "unclosed StreamWriter: nobody holds the stream any more; its connection is closed",
      ]);
      expect(held).not.toBe(null);
    }));

  it("has no cancelled drain in the way of others", () =>
    runTest(async () => {
      const { writer, protocol } = connect();
      protocol.pauseWriting();
      const first = createTask(writer.drain());
      const second = createTask(writer.drain());
      await turns();
      protocol.resumeWriting();
      first.cancel(); // between its wake-up and its step
      await turns();
      expect([first.cancelled(), second.done()]).toEqual([true, true]);
      expect(isCancelled(await first.catch((error: unknown) => error))).toBe(true);
    }));
});
