import { describe, expect, it } from "vitest";
import { bodyOf, type Script } from "../../../../tests/support/both-kinds.ts";
import { FakeTransport } from "../../../../tests/support/fake-transport.ts";
import {
  type Awaitable,
  createTask,
  each,
  IncompleteReadError,
  isCancelled,
  LimitOverrunError,
  Protocol,
  RuntimeError,
  StreamReader,
  sleep,
  type Task,
  timeout,
} from "../index.ts";
import { runTest } from "../testing/index.ts";

const decoder = new TextDecoder();
const text = (bytes: unknown): string => decoder.decode(bytes as Uint8Array);
const bytes = (content: string): Uint8Array => new TextEncoder().encode(content);

/** A reader that has received this already. */
function readerOf(content: string, options: { limit?: number; eof?: boolean } = {}): StreamReader {
  const reader = new StreamReader({ limit: options.limit });
  if (content !== "") reader.feedData(bytes(content));
  if (options.eof === true) reader.feedEof();
  return reader;
}

/** What a read throws. */
async function thrown(read: Awaitable<unknown>): Promise<unknown> {
  try {
    return `gave ${String(await read)}`;
  } catch (error) {
    return error;
  }
}

const turns = async (): Promise<void> => {
  for (let i = 0; i < 3; i++) await sleep(0);
};

describe.each(["generator", "native"])("StreamReader, read by a %s coroutine", (kind) => {
  const running = <T>(script: Script<[], T>): Promise<T> => runTest(bodyOf(kind, script));
  /** Starts a read in a task of its own. */
  const start = <T>(read: () => Awaitable<T>): Task<T> =>
    createTask(
      bodyOf(kind, function* () {
        return (yield read()) as T;
      }) as never,
    );

  it("waits for what is not there", () =>
    running(function* () {
      const reader = new StreamReader();
      const task = start(() => reader.read(10));
      yield sleep(0);
      reader.feedData(bytes("abc"));
      expect(text(yield task)).toBe("abc");
    }));

  it("does not suspend for what is there", () =>
    running(function* () {
      const reader = readerOf("a\nbcdef;", { eof: true });
      let turned = false;
      const other = createTask(function* () {
        turned = true;
      });
      expect(text(yield reader.readLine())).toBe("a\n");
      expect(text(yield reader.readExactly(2))).toBe("bc");
      expect(text(yield reader.readUntil(";"))).toBe("def;");
      expect(text(yield reader.read(5))).toBe("");
      expect(text(yield reader.read())).toBe("");
      expect(turned).toBe(false);
      yield other;
    }));

  it("gives a line that comes in pieces", () =>
    running(function* () {
      const reader = new StreamReader();
      const task = start(() => reader.readLine());
      for (const letter of "hello\nrest") {
        reader.feedData(bytes(letter));
        yield sleep(0);
      }
      expect(text(yield task)).toBe("hello\n");
      expect(text(yield reader.read(4))).toBe("rest");
    }));

  it("loses nothing when a read is cancelled, be it woken already", () =>
    running(function* () {
      const reads: [string, (reader: StreamReader) => Awaitable<unknown>][] = [
        ["read", (reader) => reader.read(2)],
        ["read to the end", (reader) => reader.read()],
        ["readExactly", (reader) => reader.readExactly(3)],
        ["readLine", (reader) => reader.readLine()],
        ["readUntil", (reader) => reader.readUntil(["x", "bc"])],
        ["iteration", (reader) => reader[Symbol.asyncIterator]().next()],
      ];
      for (const [name, read] of reads) {
        for (const when of ["before it starts", "while it waits", "after it is woken"]) {
          const reader = new StreamReader();
          const task = start(() => read(reader));
          if (when !== "before it starts") yield turns_();
          if (when === "while it waits") task.cancel();
          reader.feedData(bytes("a"));
          reader.feedData(bytes("bc\nd"));
          reader.feedEof();
          if (when !== "while it waits") task.cancel();
          yield turns_();
          expect(task.cancelled(), `${name} ${when}`).toBe(true);
          expect(text(yield reader.read()), `${name} ${when}`).toBe("abc\nd");
        }
      }
    }));

  it("gives back what a read to the end had collected", () =>
    running(function* () {
      const transport = new FakeTransport(new Protocol());
      const reader = new StreamReader({ limit: 2 });
      reader.setTransport(transport);
      const task = start(() => reader.read());
      yield turns_();
      for (const piece of ["ab", "cd", "ef"]) {
        reader.feedData(bytes(piece));
        yield turns_();
      }
      expect(transport.log).toEqual([]);
      task.cancel();
      yield turns_();
      expect(transport.log).toEqual(["pause"]);
      reader.feedData(bytes("gh"));
      expect(text(yield reader.read(100))).toBe("abcdefgh");
      expect(transport.log).toEqual(["pause", "resume"]);
    }));

  it("lets a deadline pass over it", () =>
    running(function* () {
      const reader = new StreamReader();
      const late = timeout(
        5,
        bodyOf(kind, function* () {
          yield reader.readLine();
        }),
      );
      expect((yield* catching(late)) as Error).toMatchObject({ name: "TimeoutError" });
      reader.feedData(bytes("late\n"));
      expect(text(yield reader.readLine())).toBe("late\n");
    }));

  it("lets one task wait at a time", () =>
    running(function* () {
      const reader = new StreamReader();
      const first = start(() => reader.read(1));
      yield turns_();
      for (const [name, read] of [
        ["read", () => reader.read(1)],
        ["read", () => reader.read()],
        ["readExactly", () => reader.readExactly(1)],
        ["readUntil", () => reader.readUntil("x")],
        ["readLine", () => reader.readLine()],
      ] as const) {
        const error = yield* catching(read());
        expect(error).toBeInstanceOf(RuntimeError);
        expect((error as Error).message).toBe(
          `${name}() called while another coroutine is already waiting for incoming data`,
        );
      }
      reader.feedData(bytes("z"));
      expect(text(yield first)).toBe("z");
    }));

  it("goes on waiting when somebody else was faster", () =>
    running(function* () {
      const reader = new StreamReader();
      const first = start(() => reader.read(10));
      yield turns_();
      reader.feedData(bytes("for the faster"));
      expect(text(yield reader.read(100))).toBe("for the faster");
      yield turns_();
      expect(first.done()).toBe(false);
      reader.feedData(bytes("for the first"));
      expect(text(yield first)).toBe("for the fi");
    }));

  it("throws the error of the connection, what came before it first", () =>
    running(function* () {
      const broken = new Error("broken");
      const reader = new StreamReader();
      const task = start(() => reader.readExactly(3));
      yield turns_();
      reader.feedData(bytes("abc"));
      reader.setException(broken);
      expect(text(yield task)).toBe("abc");
      for (const read of [
        reader.read(1),
        reader.read(),
        reader.readLine(),
        reader.readExactly(1),
        reader.readUntil(),
      ]) {
        expect(yield* catching(read)).toBe(broken);
      }
      expect(reader.exception()).toBe(broken);
    }));

  it("ends a waiting read with the error", () =>
    running(function* () {
      const broken = new Error("broken");
      for (const read of ["read", "readLine"] as const) {
        const reader = new StreamReader();
        const task = start(() => reader[read]());
        yield turns_();
        reader.feedData(bytes("some"));
        yield turns_();
        reader.setException(broken);
        expect(yield* catching(task)).toBe(broken);
      }
    }));

  it("iterates over lines", () =>
    running(function* () {
      const lines: string[] = [];
      const reader = readerOf("a\nb\n\nc", { eof: true });
      yield each(
        reader,
        bodyOf(kind, function* (line: Uint8Array) {
          lines.push(text(line));
        }),
      );
      expect(lines).toEqual(["a\n", "b\n", "\n", "c"]);
    }));
});

// biome-ignore lint/suspicious/noExplicitAny: what it is resumed with is whatever was awaited
function* catching(read: Awaitable<unknown>): Generator<Awaitable<unknown>, unknown, any> {
  try {
    return `gave ${String(yield read)}`;
  } catch (error) {
    return error;
  }
}

/** Time for whoever is due, of either kind. */
function turns_(): Awaitable<void> {
  return createTask(turns);
}

describe("StreamReader", () => {
  it("needs a limit", () =>
    runTest(async () => {
      for (const limit of [0, -1, Number.NaN]) {
        expect(() => new StreamReader({ limit })).toThrow(new RangeError("Limit cannot be <= 0"));
      }
    }));

  it("reads any number of bytes, whatever the limit", () =>
    runTest(async () => {
      const reader = readerOf("line1\nline2\n", { limit: 3 });
      expect(text(await reader.read(5))).toBe("line1");
      expect(text(await reader.readExactly(7))).toBe("\nline2\n");
      expect(text(await reader.read(0))).toBe("");
    }));

  it("checks numbers of bytes", () =>
    runTest(async () => {
      const reader = readerOf("abc", { eof: true });
      expect(await thrown(reader.readExactly(-1))).toEqual(
        new RangeError("readExactly size can not be less than zero"),
      );
      expect(await thrown(reader.read(Number.NaN))).toEqual(new RangeError("read() takes a number of bytes, got NaN"));
      expect(await thrown(reader.readExactly(0.5))).toBeInstanceOf(RangeError);
      expect(text(await reader.readExactly(0))).toBe("");
      expect(text(await reader.read(Infinity))).toBe("abc");
    }));

  it("reads lines up to the limit, without the newline", () =>
    runTest(async () => {
      const reader = readerOf("1234567\n12345678\nnext\n", { limit: 7 });
      expect(text(await reader.readLine())).toBe("1234567\n");
      const error = (await thrown(reader.readLine())) as Error;
      expect(error).toEqual(new RangeError("Separator is found, but chunk is longer than limit"));
      expect(error.cause).toBeInstanceOf(LimitOverrunError);
      expect(text(await reader.readLine())).toBe("next\n");
    }));

  it("drops what there is of a line that is too long", () =>
    runTest(async () => {
      const reader = readerOf("12345678", { limit: 7 });
      expect(await thrown(reader.readLine())).toEqual(
        new RangeError("Separator is not found, and chunk exceed the limit"),
      );
      reader.feedData(bytes("rest\n"));
      expect(text(await reader.readLine())).toBe("rest\n");
    }));

  it("leaves the buffer alone when readUntil finds too much", () =>
    runTest(async () => {
      const reader = readerOf("123456789AB", { limit: 3 });
      expect(await thrown(reader.readUntil("AB"))).toMatchObject({ name: "LimitOverrunError", consumed: 9 });
      expect(await thrown(reader.readUntil("AC"))).toMatchObject({
        message: "Separator is not found, and chunk exceed the limit",
        consumed: 10,
      });
      expect(text(await reader.readExactly(11))).toBe("123456789AB");
    }));

  it("ends with what is left", () =>
    runTest(async () => {
      const reader = readerOf("some", { eof: true });
      const error = (await thrown(reader.readUntil("x"))) as IncompleteReadError;
      expect(error).toBeInstanceOf(IncompleteReadError);
      expect(error.message).toBe("4 bytes read on a total of undefined expected bytes");
      expect([text(error.partial), error.expected]).toEqual(["some", null]);
      expect(reader.atEof()).toBe(true);

      const other = readerOf("some", { eof: true });
      expect(other.atEof()).toBe(false);
      expect(await thrown(other.readExactly(9))).toMatchObject({
        message: "4 bytes read on a total of 9 expected bytes",
        expected: 9,
      });
      expect(text(await other.readLine())).toBe("");
    }));

  it("takes several separators, of which the first end counts", () =>
    runTest(async () => {
      const reader = readerOf("a;b, c\r\nd", { eof: true });
      expect(text(await reader.readUntil([", ", ";"]))).toBe("a;");
      expect(text(await reader.readUntil([bytes("\r\n"), "\n", ", "]))).toBe("b, ");
      expect(text(await reader.readUntil(["\r\n", "\n"]))).toBe("c\r\n");
    }));

  it("needs a separator", () =>
    runTest(async () => {
      const reader = readerOf("abc");
      expect(await thrown(reader.readUntil(""))).toEqual(
        new RangeError("Separator should be at least one-byte string"),
      );
      expect(await thrown(reader.readUntil(["a", ""]))).toBeInstanceOf(RangeError);
      expect(await thrown(reader.readUntil([]))).toEqual(
        new RangeError("Separator should contain at least one element"),
      );
      expect(await thrown(reader.readUntil(5 as never))).toBeInstanceOf(TypeError);
    }));

  it("takes texts and memory of any kind, and gives one kind of bytes", () =>
    runTest(async () => {
      const reader = new StreamReader();
      reader.feedData("é");
      reader.feedData(new Uint16Array([0x6261]));
      reader.feedData(new Uint8Array(0));
      const first = await reader.readExactly(2);
      const second = await reader.read(5);
      expect([text(first), text(second)]).toEqual(["é", "ab"]);
      expect(first.constructor).toBe(second.constructor);
      expect(() => reader.feedData(5 as never)).toThrow(TypeError);
    }));

  it("takes nothing after the end", () =>
    runTest(async () => {
      const reader = readerOf("", { eof: true });
      expect(() => reader.feedData(bytes("x"))).toThrow(new RuntimeError("feedData() after feedEof()"));
      reader.feedEof();
      expect(reader.atEof()).toBe(true);
    }));

  it("pauses its transport beyond twice the limit, and resumes it at the limit", () =>
    runTest(async () => {
      const transport = new FakeTransport(new Protocol());
      const reader = new StreamReader({ limit: 4 });
      reader.setTransport(transport);
      expect(() => reader.setTransport(transport)).toThrow(new RuntimeError("Transport already set"));
      reader.feedData(bytes("12345678"));
      expect(transport.log).toEqual([]);
      reader.feedData(bytes("9"));
      reader.feedData(bytes("0"));
      expect(transport.log).toEqual(["pause"]);
      await reader.read(5);
      expect(transport.log).toEqual(["pause"]);
      await reader.readExactly(1);
      expect(transport.log).toEqual(["pause", "resume"]);
    }));

  it("resumes a paused transport when a read needs more", () =>
    runTest(async () => {
      const transport = new FakeTransport(new Protocol());
      const reader = new StreamReader({ limit: 1 });
      reader.setTransport(transport);
      reader.feedData(bytes("abc"));
      const task = createTask(reader.readExactly(5));
      await turns();
      expect(transport.log).toEqual(["pause", "resume"]);
      reader.feedData(bytes("d"));
      await turns();
      expect(transport.log).toEqual(["pause", "resume", "pause", "resume"]);
      reader.feedData(bytes("e"));
      expect(text(await task)).toBe("abcde");
      expect(transport.log).toEqual(["pause", "resume", "pause", "resume", "pause", "resume"]);
    }));

  it("takes what a transport brings while it is resumed", () =>
    runTest(async () => {
      const reader = new StreamReader({ limit: 1 });
      class Prompt extends FakeTransport {
        override resumeReading(): void {
          super.resumeReading();
          reader.feedData(bytes("de"));
        }
      }
      reader.setTransport(new Prompt(new Protocol()));
      reader.feedData(bytes("abc"));
      expect(text(await reader.readExactly(5))).toBe("abcde");
    }));

  it("survives a transport that throws when it is resumed", () =>
    runTest(async () => {
      const reader = new StreamReader({ limit: 1 });
      let fails = true;
      class Failing extends FakeTransport {
        override resumeReading(): void {
          if (fails) throw new Error("no");
        }
      }
      reader.setTransport(new Failing(new Protocol()));
      reader.feedData(bytes("abc"));
      expect(await thrown(reader.readExactly(4))).toEqual(new Error("no"));
      fails = false;
      reader.feedData(bytes("d"));
      expect(text(await reader.readExactly(4))).toBe("abcd");
    }));

  it("keeps everything of a transport that cannot be paused", () =>
    runTest(async () => {
      const reader = new StreamReader({ limit: 1 });
      reader.setTransport({} as never);
      reader.feedData(bytes("abcdef"));
      reader.feedData(bytes("ghi"));
      expect(text(await reader.readExactly(9))).toBe("abcdefghi");
    }));

  it("reports no error that a cancelled read has not seen", () =>
    runTest(async () => {
      const reader = new StreamReader();
      const reports: unknown[] = [];
      reader._loop.setExceptionHandler((_loop, context) => reports.push(context));
      const task = createTask(reader.read(1));
      await turns();
      reader.setException(new Error("broken"));
      task.cancel();
      await turns();
      expect(isCancelled(await thrown(task))).toBe(true);
      reader._loop._failures.reportAll();
      expect(reports).toEqual([]);
    }));

  it("shows its state", () =>
    runTest(async () => {
      const reader = readerOf("abc", { limit: 7 });
      expect(String(reader)).toBe("<StreamReader 3 bytes limit=7>");
      reader.feedEof();
      reader.setException(new Error("no"));
      expect(String(reader)).toBe("<StreamReader 3 bytes eof limit=7 exception=Error('no')>");
      const waiting = new StreamReader();
      const task = createTask(waiting.read(1));
      await turns();
      expect(String(waiting)).toBe("<StreamReader waiter>");
      task.cancel();
    }));

  it("belongs to a loop", async () => {
    const reader = await runTest(async () => new StreamReader());
    await runTest(async () => {
      expect(await thrown(reader.read(1))).toBeInstanceOf(RuntimeError);
    });
  });
});
