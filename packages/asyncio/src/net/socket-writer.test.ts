import { describe, expect, it } from "vitest";
import { getRunningLoop, run, sleep } from "../index.ts";
import type { NodeSocket } from "./node.ts";
import { SocketWriter } from "./socket-writer.ts";

/** Takes `room` bytes at once, the rest when `drain` is called. Writes down what goes to the system together. */
class FakeSocket {
  readonly sent: string[] = [];
  destroyed: boolean = false;
  room: number = Infinity;
  private corked: number = 0;
  private waiting: { data: Uint8Array; callback: ((error?: Error) => void) | undefined }[] = [];

  get writableLength(): number {
    return this.waiting.reduce((sum, { data }) => sum + data.length, 0);
  }

  write(data: Uint8Array, callback?: (error?: Error) => void): boolean {
    this.waiting.push({ data, callback });
    if (this.corked === 0) this.flush();
    return true;
  }

  cork(): void {
    this.corked++;
  }

  uncork(): void {
    if (--this.corked === 0) this.flush();
  }

  drain(): void {
    this.room = Infinity;
    this.flush();
  }

  private flush(): void {
    const { waiting } = this;
    if (this.writableLength > this.room || waiting.length === 0) return;
    this.waiting = [];
    this.room -= waiting.reduce((sum, { data }) => sum + data.length, 0);
    const text = waiting.map(({ data }) => new TextDecoder().decode(data)).join("|");
    if (text !== "") this.sent.push(text);
    for (const { callback } of waiting) callback?.();
  }
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function make(): { socket: FakeSocket; writer: SocketWriter; progress: number[] } {
  const socket = new FakeSocket();
  const progress: number[] = [];
  const writer = new SocketWriter(getRunningLoop(), socket as unknown as NodeSocket, () =>
    progress.push(socket.writableLength),
  );
  return { socket, writer, progress };
}

describe("SocketWriter", () => {
  it("sends the first piece of an iteration at once and the rest together with the next one", () =>
    run(function* () {
      const { socket, writer } = make();
      expect(writer.write(bytes("a"))).toBe(0);
      expect(writer.write(bytes("b"))).toBe(1);
      expect(writer.write(bytes("cd"))).toBe(3);
      expect(socket.sent).toEqual(["a"]);
      yield* sleep(0);
      expect(socket.sent).toEqual(["a", "b|cd"]);
      writer.write(bytes("e"));
      expect(socket.sent).toEqual(["a", "b|cd", "e"]);
    }));

  it("flushes when it is told to, and then begins anew", () =>
    run(function* () {
      const { socket, writer } = make();
      for (const text of ["a", "b", "c"]) writer.write(bytes(text));
      expect(writer.flush()).toBe(0);
      for (const text of ["d", "e"]) writer.write(bytes(text));
      expect(socket.sent).toEqual(["a", "b|c"]);
      yield* sleep(0);
      expect(socket.sent).toEqual(["a", "b|c", "d|e"]);
    }));

  it("sends each piece at once while the loop does not run", async () => {
    const made = await run(async () => make());
    for (const text of ["a", "b", "c"]) made.writer.write(bytes(text));
    expect(made.socket.sent).toEqual(["a", "b", "c"]);
  });

  it("tells of progress after the system has refused something, and not before", () =>
    run(function* () {
      const { socket, writer, progress } = make();
      writer.write(bytes("a"));
      yield* sleep(0);
      expect(progress).toEqual([]);
      socket.room = 0;
      expect(writer.write(bytes("bc"))).toBe(2);
      expect(progress).toEqual([]);
      socket.drain();
      expect(progress).toEqual([0]);
      expect(socket.sent).toEqual(["a", "bc|"]);
    }));

  it("leaves the joining to the runtime while something waits", () =>
    run(function* () {
      const { socket, writer } = make();
      socket.room = 0;
      for (const text of ["a", "b", "c"]) writer.write(bytes(text));
      yield* sleep(0);
      expect([writer.size, socket.sent]).toEqual([3, []]);
      socket.drain();
      expect(socket.sent).toEqual(["a||b|c"]);
    }));

  it("writes a list together, leaving out what is empty", () =>
    run(async () => {
      const { socket, writer } = make();
      writer.writeAll([bytes("a"), bytes(""), bytes("b")]);
      expect(socket.sent).toEqual(["a|b"]);
    }));
});
