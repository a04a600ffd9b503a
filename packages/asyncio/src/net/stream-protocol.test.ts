import { describe, expect, it } from "vitest";
import { FakeTransport } from "../../../../tests/support/fake-transport.ts";
import {
  allTasks,
  type ConnectionHandler,
  type CoroutineGenerator,
  coroutine,
  createTask,
  currentTask,
  type ExceptionContext,
  getRunningLoop,
  StreamReader,
  StreamReaderProtocol,
  StreamWriter,
  sleep,
} from "../index.ts";
import { runTest } from "../testing/index.ts";

const decoder = new TextDecoder();
const turns = async (): Promise<void> => {
  for (let i = 0; i < 4; i++) await sleep(0);
};

/** A connection of a server. */
function accept(handler: ConnectionHandler, info: Record<string, unknown> = {}): FakeTransport {
  const protocol = new StreamReaderProtocol(new StreamReader(), handler);
  const transport = new FakeTransport(protocol, info);
  protocol.connectionMade(transport);
  return transport;
}

function reports(): ExceptionContext[] {
  const all: ExceptionContext[] = [];
  getRunningLoop().setExceptionHandler((_loop, context) => all.push(context));
  return all;
}

const answerLine = (line: Uint8Array, writer: StreamWriter): void => {
  writer.write(`${decoder.decode(line).trim()} in ${currentTask()?.getName()}`);
  writer.close();
};

async function native(reader: StreamReader, writer: StreamWriter): Promise<void> {
  answerLine(await reader.readLine(), writer);
}

function* generator(reader: StreamReader, writer: StreamWriter): CoroutineGenerator<void> {
  answerLine(yield* reader.readLine(), writer);
}

const handlers: Record<string, ConnectionHandler> = {
  native,
  generator,
  made: coroutine(native),
  "made of a generator": coroutine(generator),
  "gives a promise": (reader, writer) => native(reader, writer),
  "gives a generator": (reader, writer) => generator(reader, writer),
  "gives a coroutine": (reader, writer) => coroutine(native)(reader, writer),
  "starts a task": (reader, writer) => void createTask(() => native(reader, writer), { name: "a task" }),
};

describe("StreamReaderProtocol", () => {
  it.each(Object.keys(handlers))("runs a handler as a task: %s", (name) =>
    runTest(async () => {
      const handler = handlers[name]!;
      const transport = accept(handler, { peername: ["10.0.0.1", 4711] });
      await turns();
      transport.receive("hello\n");
      await turns();
      const task = name === "starts a task" ? "a task" : `${handler.name} 10.0.0.1:4711`;
      expect(transport.sent).toBe(`hello in ${task}`);
      await turns();
      expect(allTasks().size).toBe(1);
    }),
  );

  it("names a handler's task after its function and its peer", () =>
    runTest(async () => {
      const seen: (string | undefined)[] = [];
      const note = async (): Promise<void> => void seen.push(currentTask()?.getName());
      for (const peername of [["10.0.0.1", 1], ["::1", 2, 0, 0], "/run/socket", "", null]) accept(note, { peername });
      accept(
        (
          () => async () =>
            void seen.push(currentTask()?.getName())
        )(),
        { peername: ["h", 1] },
      );
      await turns();
      expect(seen).toEqual(["note 10.0.0.1:1", "note [::1]:2", "note /run/socket", "note", "note", "handler h:1"]);
    }));

  it.each(["native", "generator", "plain"])("reports the error of a handler and closes: %s", (kind) =>
    runTest(async () => {
      const all = reports();
      const error = new Error("broken");
      const handler: ConnectionHandler =
        kind === "native"
          ? async () => {
              await sleep(1);
              throw error;
            }
          : kind === "generator"
            ? function* () {
                yield* sleep(1);
                throw error;
              }
            : () => {
                throw error;
              };
      const transport = accept(handler);
      await sleep(2);
      expect(transport.log).toEqual(["close"]);
      expect(all).toHaveLength(1);
      const { message, ...context } = all[0]!;
      expect(message).toBe("Unhandled exception in client_connected_cb");
      expect([context["exception"] === error, context["transport"] === transport]).toEqual([true, true]);
    }),
  );

  it("closes silently when a handler is cancelled", () =>
    runTest(async () => {
      const all = reports();
      const transport = accept(async () => {
        await sleep("1h");
      });
      const neverBegun = accept(async () => {});
      for (const task of allTasks()) if (task !== currentTask()) task.cancel();
      await turns();
      expect([transport.log, neverBegun.log]).toEqual([["close"], ["close"]]);
      expect(all).toEqual([]);
    }));

  it("leaves the connection as a handler that returns leaves it", () =>
    runTest(async () => {
      let kept: StreamWriter | null = null;
      const transport = accept((_reader, writer) => {
        kept = writer;
      });
      const other = accept(async (_reader, writer) => {
        await sleep(0);
        writer.write("bye");
      });
      await turns();
      expect([transport.isClosing(), other.isClosing(), other.sent]).toEqual([false, false, "bye"]);
      (kept as StreamWriter | null)?.write("later");
      expect(transport.sent).toBe("later");
    }));

  it("stays open for writing after the peer's end, but over TLS", () =>
    runTest(async () => {
      let ends = "";
      const handler: ConnectionHandler = async (reader, writer) => {
        ends += decoder.decode(await reader.read());
        writer.write("answer");
      };
      const plain = accept(handler);
      const secure = accept(handler, { sslContext: {} });
      for (const transport of [plain, secure]) {
        transport.receive("question");
        transport.receiveEof();
      }
      await turns();
      expect(ends).toBe("questionquestion");
      expect([plain.isClosing(), plain.sent, secure.isClosing()]).toEqual([false, "answer", true]);
    }));

  it("ends reading with the connection, in order or with its error", () =>
    runTest(async () => {
      for (const error of [null, undefined, new Error("reset")]) {
        const reader = new StreamReader();
        const protocol = new StreamReaderProtocol(reader);
        const transport = new FakeTransport(protocol);
        protocol.connectionMade(transport);
        transport.receive("abc");
        transport.lose(error);
        expect(reader.exception()).toBe(error ?? null);
        expect(reader._eof).toBe(!(error instanceof Error));
      }
    }));

  it("does without a reader", () =>
    runTest(async () => {
      const protocol = new StreamReaderProtocol(null);
      const transport = new FakeTransport(protocol);
      protocol.connectionMade(transport);
      const writer = new StreamWriter(transport, protocol, null, getRunningLoop());
      transport.receive("ignored");
      writer.write("sent");
      await writer.drain();
      expect(protocol.eofReceived()).toBe(true);
      writer.close();
      await writer.waitClosed();
      expect(transport.sent).toBe("sent");
    }));

  it("continues over TLS where it was, as server or as client", () =>
    runTest(async () => {
      const loop = getRunningLoop() as unknown as Record<string, unknown>;
      const asked: unknown[] = [];
      const upgraded: FakeTransport[] = [];
      loop["startTls"] = function* (transport: FakeTransport, protocol: StreamReaderProtocol, ...rest: unknown[]) {
        asked.push(...rest);
        yield* sleep(1);
        expect(transport.getProtocol()).toBe(protocol);
        upgraded.push(new FakeTransport(protocol, { sslContext: {} }));
        return upgraded.at(-1);
      };
      const context = {};
      const plain = accept(async (reader, writer) => {
        await writer.startTls(context, { sslHandshakeTimeout: 5 });
        expect(writer.transport).toBe(upgraded[0]);
        writer.write("secret");
        upgraded[0]!.receive("x".repeat(200_000)); // more than the reader takes without pausing
        expect(upgraded[0]!.log).toEqual(["pause"]);
        expect((await reader.read()).length).toBe(200_000);
      });
      await sleep(2);
      expect(asked).toEqual([context, { sslHandshakeTimeout: 5, serverSide: true }]);
      expect([plain.sent, upgraded[0]!.sent]).toEqual(["", "secret"]);
      expect(upgraded[0]!.log).toEqual(["pause", "resume"]);
      upgraded[0]!.receiveEof();
      expect(upgraded[0]!.isClosing()).toBe(true);

      const reader = new StreamReader({ limit: 1 });
      const protocol = new StreamReaderProtocol(reader);
      const transport = new FakeTransport(protocol);
      protocol.connectionMade(transport);
      transport.receive("abc");
      expect(transport.log).toEqual(["pause"]);
      const writer = new StreamWriter(transport, protocol, reader, getRunningLoop());
      await writer.startTls(context, { serverHostname: "example.org" });
      expect(asked.at(-1)).toEqual({ serverHostname: "example.org", serverSide: false });
      expect(upgraded[1]!.log).toEqual(["pause"]);
      await reader.read(2);
      expect(upgraded[1]!.log).toEqual(["pause", "resume"]);
    }));
});
