import { describe, expect, it, vi } from "vitest";
import { TestEmitter } from "../../../../tests/support/test-emitter.ts";
import { run } from "../structured/runner.ts";
import { sleep } from "../structured/sleep.ts";
import { getRunningLoop } from "../tasks/default-loop.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import { runTest } from "../testing/run-test.ts";
import { DatagramSocketTransport } from "./datagram-socket-transport.ts";
import { type Address, DatagramProtocol } from "./protocol.ts";
import type { DatagramTransport } from "./transport.ts";

interface Sent {
  readonly data: Uint8Array;
  readonly port: number | null;
  readonly host: string | null;
  readonly done: (error: unknown) => void;
}

/** A datagram socket whose system takes packets when the test says so. */
class FakeSocket extends TestEmitter {
  readonly queue: Sent[] = [];
  closed: boolean = false;
  peer: object | null = null;

  send(data: Uint8Array, ...rest: unknown[]): void {
    const done = rest.pop() as Sent["done"];
    const [port = null, host = null] = rest as [number?, string?];
    this.queue.push({ data, port, host, done });
  }

  /** The system takes the oldest packets. */
  take(count: number, error: unknown = null): void {
    for (const { done } of this.queue.splice(0, count)) done(error);
  }

  getSendQueueSize(): number {
    return this.queue.reduce((sum, { data }) => sum + data.length, 0);
  }

  getSendQueueCount(): number {
    return this.queue.length;
  }

  address(): object {
    return { address: "127.0.0.1", family: "IPv4", port: 1000 };
  }

  remoteAddress(): object {
    if (this.peer === null) throw new Error("not connected");
    return this.peer;
  }

  arrive(data: Uint8Array, address = "127.0.0.1", port = 2000): void {
    this.emit("message", data, { address, family: address.includes(":") ? "IPv6" : "IPv4", port, size: data.length });
  }

  close(): void {
    if (this.closed) throw new Error("closed twice");
    this.closed = true;
    this.emit("close");
  }
}

class Recorder extends DatagramProtocol {
  readonly calls: unknown[][] = [];
  transport: DatagramTransport | null = null;
  override connectionMade(transport: DatagramTransport): void {
    this.transport = transport;
    this.calls.push(["made"]);
  }
  override datagramReceived(data: Uint8Array, address: Address): void {
    this.calls.push(["datagram", [...data], address]);
  }
  override errorReceived(error: unknown): void {
    this.calls.push(["error", error]);
  }
  override pauseWriting(): void {
    this.calls.push(["pause"]);
  }
  override resumeWriting(): void {
    this.calls.push(["resume"]);
  }
  override connectionLost(error: unknown): void {
    this.calls.push(["lost", error]);
  }
}

interface Setup {
  readonly socket: FakeSocket;
  readonly protocol: Recorder;
  readonly transport: DatagramSocketTransport;
  readonly loop: EventLoop;
}

function make(protocol: Recorder = new Recorder(), peer: object | null = null): Setup {
  const loop = getRunningLoop();
  const socket = new FakeSocket();
  socket.peer = peer;
  const transport = new DatagramSocketTransport(loop, socket as never, protocol);
  return { socket, protocol, transport, loop };
}

const TO = ["127.0.0.1", 2000] as const;

describe("DatagramSocketTransport", () => {
  it("calls connectionMade first, then delivers one packet an iteration, in order, errors among them", async () => {
    await runTest(function* () {
      const { socket, protocol, transport } = make();
      socket.arrive(new Uint8Array([1]));
      socket.arrive(new Uint8Array([]), "::1", 7);
      socket.emit("error", Object.assign(new Error("x"), { code: "ECONNREFUSED" }));
      socket.arrive(new Uint8Array([2]), "fe80::1%3", 8);
      expect(protocol.calls).toEqual([]);
      yield* sleep(0);
      expect(protocol.calls.splice(0)).toEqual([["made"]]);
      yield* sleep(0);
      expect(protocol.calls.splice(0)).toEqual([["datagram", [1], ["127.0.0.1", 2000]]]);
      yield* sleep(0);
      expect(protocol.calls.splice(0)).toEqual([["datagram", [], ["::1", 7, 0, 0]]]);
      yield* sleep(0);
      expect(protocol.calls.splice(0)).toEqual([
        ["error", expect.objectContaining({ name: "ConnectionRefusedError" })],
      ]);
      yield* sleep(0);
      expect(protocol.calls.splice(0)).toEqual([["datagram", [2], ["fe80::1", 8, 0, 3]]]);
      expect(transport.getExtraInfo("sockname")).toEqual(["127.0.0.1", 1000]);
      expect(transport.getExtraInfo("peername")).toBeNull();
      expect(transport.getExtraInfo("socket")).toBe(socket);
      expect(transport.getExtraInfo("cipher", "none")).toBe("none");
      transport.abort();
    });
  });

  it("tells the protocol to stop above the high mark and to go on at the low one", async () => {
    await runTest(function* () {
      const { socket, protocol, transport } = make();
      yield* sleep(0);
      transport.setWriteBufferLimits({ high: 100, low: 50 });
      expect(transport.getWriteBufferLimits()).toEqual([50, 100]);
      transport.sendTo(new Uint8Array(92), TO);
      expect(transport.getWriteBufferSize()).toBe(100);
      expect(protocol.calls).toEqual([["made"]]);
      transport.sendTo(new Uint8Array(0), TO);
      transport.sendTo("ä", TO);
      expect(protocol.calls.splice(0)).toEqual([["made"], ["pause"]]);
      socket.take(1);
      yield* sleep(0);
      expect(protocol.calls.splice(0)).toEqual([["resume"]]);
      expect(socket.queue.map(({ data, host, port }) => [[...data], host, port])).toEqual([
        [[], "127.0.0.1", 2000],
        [[0xc3, 0xa4], "127.0.0.1", 2000],
      ]);
      transport.sendTo(new Uint8Array(60), TO);
      transport.setWriteBufferLimits({ high: 10 });
      expect(protocol.calls.splice(0)).toEqual([["pause"]]);
      expect(() => transport.setWriteBufferLimits({ high: 1, low: 2 })).toThrow(RangeError);
      transport.abort();
      yield* sleep(0);
      expect(protocol.calls).toEqual([["lost", null]]);
    });
  });

  it("counts by itself what waits, where the runtime does not tell", async () => {
    await runTest(function* () {
      const socket = new FakeSocket();
      Object.assign(socket, { getSendQueueSize: undefined, getSendQueueCount: undefined });
      const protocol = new Recorder();
      const transport = new DatagramSocketTransport(getRunningLoop(), socket as never, protocol);
      yield* sleep(0);
      transport.setWriteBufferLimits({ high: 100, low: 0 });
      for (let i = 0; i < 3; i++) transport.sendTo(new Uint8Array(40), TO);
      expect(transport.getWriteBufferSize()).toBe(3 * 48);
      for (let i = 0; i < 3; i++) {
        expect(socket.queue).toHaveLength(1); // One at a time keeps them in order.
        socket.take(1);
      }
      yield* sleep(0);
      expect(protocol.calls).toEqual([["made"], ["pause"], ["resume"]]);
      expect(transport.getWriteBufferSize()).toBe(0);
      transport.abort();
    });
  });

  it("close() sends what waits, takes nothing more, and ends once", async () => {
    await runTest(function* () {
      const { socket, protocol, transport } = make();
      yield* sleep(0);
      transport.sendTo("a", TO);
      transport.sendTo("b", TO);
      transport.close();
      transport.close();
      socket.arrive(new Uint8Array([1]));
      expect(transport.isClosing()).toBe(true);
      yield* sleep(0);
      expect(socket.closed).toBe(false);
      socket.take(1);
      yield* sleep(0);
      socket.take(1);
      expect(protocol.calls).toEqual([["made"]]);
      yield* sleep(0);
      yield* sleep(0);
      expect(protocol.calls).toEqual([["made"], ["lost", null]]);
      expect(socket.closed).toBe(true);
      transport.abort();
      transport.close();
      yield* sleep(0);
      expect(protocol.calls).toHaveLength(2);
    });
  });

  it("warns of packets to a closed endpoint from the fifth on", async () => {
    await runTest(function* () {
      const { socket, transport, loop } = make();
      const warn = vi.spyOn(loop, "_warn").mockImplementation(() => {});
      yield* sleep(0);
      transport.close();
      for (let i = 0; i < 6; i++) transport.sendTo("x", TO);
      expect(warn.mock.calls).toEqual([["socket.send() raised exception."], ["socket.send() raised exception."]]);
      expect(socket.queue).toEqual([]);
    });
  });

  it("is gone when somebody closes its socket", async () => {
    await runTest(function* () {
      const { socket, protocol, loop } = make();
      yield* sleep(0);
      expect(loop._openEndpoints).toBe(1);
      socket.close();
      yield* sleep(0);
      expect(protocol.calls).toEqual([["made"], ["lost", null]]);
      expect(loop._openEndpoints).toBe(0);
    });
  });

  it.each(["connectionMade", "datagramReceived", "errorReceived"] as const)(
    "closes by force when %s throws, and reports it",
    async (method) => {
      await runTest(function* () {
        const protocol = new Recorder();
        const failure = new Error("mine");
        protocol[method] = () => {
          throw failure;
        };
        const { socket, transport, loop } = make(protocol);
        const reports: unknown[] = [];
        loop.setExceptionHandler((_, context) => reports.push(context));
        socket.arrive(new Uint8Array([1]));
        socket.emit("error", Object.assign(new Error("x"), { code: "EPERM" }));
        for (let i = 0; i < 5; i++) yield* sleep(0);
        const message = `Fatal error: protocol.${method}() call failed.`;
        expect(reports).toEqual([{ message, exception: failure, transport, protocol }]);
        expect(protocol.calls.at(-1)).toEqual(["lost", failure]);
        expect(socket.closed).toBe(true);
      });
    },
  );

  it("goes on when pauseWriting throws, and reports it", async () => {
    await runTest(function* () {
      const protocol = new Recorder();
      protocol.pauseWriting = () => {
        throw new Error("mine");
      };
      const { transport, loop } = make(protocol);
      const messages: string[] = [];
      loop.setExceptionHandler((_, { message }) => messages.push(message));
      yield* sleep(0);
      transport.sendTo(new Uint8Array(70_000), TO);
      expect(messages).toEqual(["protocol.pauseWriting() failed"]);
      expect(transport.isClosing()).toBe(false);
      transport.abort();
    });
  });

  it("sends errors to errorReceived and goes on", async () => {
    await runTest(function* () {
      const { socket, protocol, transport } = make();
      yield* sleep(0);
      transport.sendTo("x", TO);
      socket.take(1, Object.assign(new Error("send EMSGSIZE"), { code: "EMSGSIZE", syscall: "send" }));
      transport.sendTo("x", ["127.0.0.1", 0]);
      yield* sleep(0);
      yield* sleep(0);
      expect(protocol.calls.slice(1)).toEqual([
        ["error", expect.objectContaining({ code: "EMSGSIZE" })],
        ["error", expect.objectContaining({ code: "EINVAL" })],
      ]);
      transport.abort();
    });
  });

  it("keeps a bounded number of packets while the loop does not run, and says how many it dropped", async () => {
    let setup: Setup | null = null;
    await runTest(function* () {
      setup = make();
      yield* sleep(0);
      const { socket, protocol, transport, loop } = setup;
      const warn = vi.spyOn(loop, "_warn").mockImplementation(() => {});
      loop.setDebug(true);
      const packet = new Uint8Array(1000);
      for (let i = 0; i < 100_000; i++) socket.arrive(packet);
      const dropped = transport.getExtraInfo("dropped") as number;
      expect(dropped).toBeGreaterThan(98_000);
      while (protocol.calls.length < 100_001 - dropped) yield* sleep(0);
      expect(warn.mock.calls).toEqual([[expect.stringContaining(`${dropped} packets came faster`)]]);
      socket.arrive(packet);
      yield* sleep(0);
      expect(protocol.calls).toHaveLength(100_002 - dropped);
      transport.abort();
      yield* sleep(0);
      loop.setDebug(false);
    });
  });

  it("refuses what is no data and no address", async () => {
    await runTest(function* () {
      const { transport } = make();
      expect(() => transport.sendTo(5 as never, TO)).toThrow("data argument must be a bytes-like object");
      expect(() => transport.sendTo("x")).toThrow("needs an address");
      expect(() => transport.sendTo("x", "path")).toThrow(TypeError);
      expect(() => transport.sendTo("x", [5, 5] as never)).toThrow("the host must be a string");
      for (const port of [-1, 65536, 1.5, Number.NaN, "80"]) {
        expect(() => transport.sendTo("x", ["127.0.0.1", port as number])).toThrow("port must be 0-65535");
      }
      transport.abort();
      yield* sleep(0);
    });
  });

  it("of a connected socket sends to its peer only", async () => {
    await runTest(function* () {
      const { socket, transport } = make(new Recorder(), { address: "127.0.0.1", family: "IPv4", port: 9 });
      expect(transport.getExtraInfo("peername")).toEqual(["127.0.0.1", 9]);
      transport.sendTo("a");
      transport.sendTo("b", ["127.0.0.1", 9]);
      expect(socket.queue.map(({ host, port }) => [host, port])).toEqual([
        [null, null],
        [null, null],
      ]);
      expect(() => transport.sendTo("c", TO)).toThrow("Invalid address: must be null or ['127.0.0.1', 9]");
      transport.abort();
      yield* sleep(0);
    });
  });

  it("gives the socket back when its loop is closed", async () => {
    let setup: Setup | null = null;
    await run(function* () {
      setup = make();
      yield* sleep(0);
    });
    const { socket, protocol } = setup! as Setup;
    expect(socket.closed).toBe(true);
    expect(protocol.calls).toEqual([["made"]]);
  });
});
