import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bodyOf } from "../../../../tests/support/both-kinds.ts";
import {
  type Awaitable,
  createTask,
  IncompleteReadError,
  LimitOverrunError,
  StreamReader,
  sleep,
  type Task,
} from "../index.ts";
import { runTest } from "../testing/index.ts";

const decoder = new TextDecoder();

type Read =
  | { readonly kind: "read"; readonly count: number }
  | { readonly kind: "exactly"; readonly count: number }
  | { readonly kind: "until"; readonly separators: readonly string[] }
  | { readonly kind: "line" | "all" };

type Operation = { readonly feed: string } | { readonly read: Read } | "cancel" | "turn" | "eof" | "fail";

/** A stream as one string, and at most one task that reads: what it gets, and in which turn. */
class Model {
  private data = "";
  private eof = false;
  private failed = false;
  private reading: { readonly read: Read; cancelled: boolean; begun: boolean } | null = null;
  private readonly limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  get canRead(): boolean {
    return this.reading === null;
  }

  get canFeed(): boolean {
    return !this.eof;
  }

  feed(data: string): void {
    this.data += data;
  }

  end(): void {
    this.eof = true;
  }

  fail(): void {
    this.failed = true;
  }

  read(read: Read): void {
    this.reading = { read, cancelled: false, begun: false };
  }

  cancel(): void {
    if (this.reading !== null) this.reading.cancelled = true;
  }

  /** What the reading task has come to; null while it waits. */
  turn(): string | null {
    const { reading } = this;
    if (reading === null) return null;
    const result = reading.cancelled ? "cancelled" : this.step(reading);
    if (result !== null) this.reading = null;
    return result;
  }

  private step(reading: { readonly read: Read; begun: boolean }): string | null {
    if (!reading.begun && this.failed) return "Error: lost";
    if (reading.read.kind === "all" && this.failed) return "Error: lost";
    reading.begun = true;
    return this.attempt(reading.read) ?? (this.failed ? "Error: lost" : null);
  }

  private attempt(read: Read): string | null {
    const { data, eof, limit } = this;
    switch (read.kind) {
      case "read":
        return read.count === 0 || data !== "" || eof ? this.take(read.count) : null;
      case "all":
        return eof ? this.take(Infinity) : null;
      case "exactly":
        if (data.length >= read.count) return this.take(read.count);
        return eof ? `${this.take(Infinity)} of ${read.count}` : null;
      case "line": {
        const at = data.indexOf("\n");
        if (at > limit) return this.drop(at + 1);
        if (at >= 0) return this.take(at + 1);
        if (data.length > limit) return this.drop(Infinity);
        return eof ? this.take(Infinity) : null;
      }
      case "until": {
        let found: { start: number; end: number } | null = null;
        const sorted = [...read.separators].sort((a, b) => a.length - b.length);
        for (const separator of sorted) {
          const start = data.indexOf(separator);
          const end = start + separator.length;
          if (start >= 0 && (found === null || end < found.end)) found = { start, end };
        }
        if (found !== null) return found.start > limit ? `overrun at ${found.start}` : this.take(found.end);
        const consumed = data.length + 1 - sorted.at(-1)!.length;
        if (consumed > limit) return `overrun at ${consumed}`;
        return eof ? `${this.take(Infinity)} of null` : null;
      }
    }
  }

  private drop(count: number): string {
    this.data = this.data.slice(count);
    return "line too long";
  }

  private take(count: number): string {
    const taken = this.data.slice(0, count);
    this.data = this.data.slice(count);
    return `'${taken}'`;
  }
}

function start(kind: string, reader: StreamReader, read: Read): Task<string> {
  const make = (): Awaitable<Uint8Array> => {
    switch (read.kind) {
      case "read":
        return reader.read(read.count);
      case "exactly":
        return reader.readExactly(read.count);
      case "until":
        return reader.readUntil(read.separators);
      case "line":
        return reader.readLine();
      case "all":
        return reader.read();
    }
  };
  return createTask(
    bodyOf(kind, function* () {
      try {
        return `'${decoder.decode((yield make()) as Uint8Array)}'`;
      } catch (error) {
        if (error instanceof IncompleteReadError) return `'${decoder.decode(error.partial)}' of ${error.expected}`;
        if (error instanceof LimitOverrunError) return `overrun at ${error.consumed}`;
        if (error instanceof RangeError) return "line too long";
        if (error instanceof Error && error.message === "lost") return String(error);
        throw error;
      }
    }),
  );
}

const letters = (shortest: number, longest: number) =>
  fc.string({ unit: fc.constantFrom("a", "b", "\n"), minLength: shortest, maxLength: longest });

const anyRead: fc.Arbitrary<Read> = fc.oneof(
  fc.record({ kind: fc.constant("read" as const), count: fc.nat({ max: 6 }) }),
  fc.record({ kind: fc.constant("exactly" as const), count: fc.nat({ max: 9 }) }),
  fc.record({
    kind: fc.constant("until" as const),
    separators: fc.array(letters(1, 3), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ kind: fc.constantFrom("line" as const, "all" as const) }),
);

const anyOperation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ feed: letters(0, 5) }) },
  { weight: 5, arbitrary: fc.record({ read: anyRead }) },
  { weight: 6, arbitrary: fc.constant("turn" as const) },
  { weight: 2, arbitrary: fc.constant("cancel" as const) },
  { weight: 1, arbitrary: fc.constantFrom("eof" as const, "fail" as const) },
);

/** Plays a program on a reader and on the model, and compares them after each turn. */
async function play(kind: string, limit: number, operations: readonly Operation[]): Promise<void> {
  const reader = new StreamReader({ limit });
  const model = new Model(limit);
  let task: Task<string> | null = null;
  const turn = async (): Promise<void> => {
    for (let i = 0; i < 3; i++) await sleep(0);
    const expected = model.turn();
    let seen: string | null = null;
    if (task?.done() === true) {
      seen = task.cancelled() ? "cancelled" : task.result();
      task = null;
    }
    expect(seen).toBe(expected);
  };
  for (const operation of operations) {
    if (operation === "turn") {
      await turn();
    } else if (operation === "cancel") {
      task?.cancel();
      model.cancel();
    } else if (operation === "eof") {
      reader.feedEof();
      model.end();
    } else if (operation === "fail") {
      reader.setException(new Error("lost"));
      model.fail();
    } else if ("feed" in operation) {
      if (!model.canFeed) continue;
      reader.feedData(operation.feed);
      model.feed(operation.feed);
    } else if (model.canRead) {
      task = start(kind, reader, operation.read);
      model.read(operation.read);
    }
  }
  await turn();
  if (!model.canRead) {
    task!.cancel();
    model.cancel();
    await turn();
  }
  // Whatever was cancelled, the rest is there.
  if (model.canFeed) reader.feedEof();
  model.end();
  task = start(kind, reader, { kind: "all" });
  model.read({ kind: "all" });
  await turn();
}

describe.each(["generator", "native"])("StreamReader, as a %s coroutine sees it", (kind) => {
  it("behaves as a string that grows, whatever comes when", () =>
    fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 8 }), fc.array(anyOperation, { maxLength: 40 }), (limit, operations) =>
        runTest(() => play(kind, limit, operations)),
      ),
      { seed: 3, numRuns: 400 },
    ));
});
