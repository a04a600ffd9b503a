import { createSocket } from "node:dgram";
import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { bodyOf } from "../../../../tests/support/both-kinds.ts";
import { onDeno } from "../../../../tests/support/child-process.ts";
import "../process/loop-methods.ts";
import { isCancelled, NotImplementedError } from "../loop/errors.ts";
import { run } from "../structured/runner.ts";
import { sleep } from "../structured/sleep.ts";
import { timeout } from "../structured/timeout.ts";
import { Queue } from "../sync/queue.ts";
import type { Awaitable } from "../tasks/awaitable.ts";
import { createTask } from "../tasks/create-task.ts";
import { getRunningLoop } from "../tasks/default-loop.ts";
import { ensureFuture } from "../tasks/ensure-future.ts";
import { knowsReusePort } from "./node-dgram.ts";
import { type Address, DatagramProtocol } from "./protocol.ts";
import { AF_INET, AF_INET6, AF_UNIX } from "./socket-constants.ts";
import type { DatagramTransport } from "./transport.ts";

class Inbox extends DatagramProtocol {
  transport: DatagramTransport | null = null;
  readonly packets: Queue<[text: string, from: Address]> = new Queue();
  readonly errors: Queue<unknown> = new Queue();
  readonly ends: Queue<unknown> = new Queue();
  override connectionMade(transport: DatagramTransport): void {
    this.transport = transport;
  }
  override datagramReceived(data: Uint8Array, from: Address): void {
    this.packets.putNowait([new TextDecoder().decode(data), from]);
  }
  override errorReceived(error: unknown): void {
    this.errors.putNowait(error);
  }
  override connectionLost(error: unknown): void {
    this.ends.putNowait(error);
  }
}

class Echo extends Inbox {
  override datagramReceived(data: Uint8Array, from: Address): void {
    this.transport!.sendTo(data, from);
  }
}

const LOCAL = ["127.0.0.1", 0] as const;
const nameOf = (transport: DatagramTransport) => transport.getExtraInfo("sockname") as [string, number];
const newInbox = () => new Inbox();
const newEcho = () => new Echo();

type Pair<P> = [DatagramTransport, P];

/** Bun and Deno close sockets a moment later; one that is never closed lets the test run out of time. */
function* untilFree(at: [string, number]): Generator<Awaitable<unknown>, void, boolean> {
  for (;;) {
    const socket = createSocket("udp4");
    const free = new Promise<boolean>((resolve) => {
      socket.once("error", () => setImmediate(resolve, false));
      socket.bind({ port: at[1], address: at[0], exclusive: true }, () => socket.close(() => resolve(true)));
    });
    const isFree = yield ensureFuture(free);
    if (isFree) return;
  }
}

describe.each(["generator", "native"])("createDatagramEndpoint in a %s coroutine", (kind) => {
  it("echoes, connected and not", async () => {
    await run(
      bodyOf(kind, function* () {
        const loop = getRunningLoop();
        const [server, echo] = (yield loop.createDatagramEndpoint(newEcho, { localAddr: LOCAL })) as Pair<Echo>;
        const at = nameOf(server);
        const [free, inbox] = (yield loop.createDatagramEndpoint(newInbox, { localAddr: LOCAL })) as Pair<Inbox>;
        free.sendTo("one", at);
        expect(yield timeout(8, () => inbox.packets.get())).toEqual(["one", at]);
        free.sendTo(new Uint8Array(0), at);
        expect(yield timeout(8, () => inbox.packets.get())).toEqual(["", at]);
        const [bound, mine] = (yield loop.createDatagramEndpoint(newInbox, { remoteAddr: at })) as Pair<Inbox>;
        expect(bound.getExtraInfo("peername")).toEqual(at);
        bound.sendTo("two");
        expect(yield timeout(8, () => mine.packets.get())).toEqual(["two", at]);
        for (const transport of [server, free, bound]) transport.close();
        for (const { ends } of [echo, inbox, mine]) expect(yield ends.get()).toBeNull();
      }),
    );
  });

  it("closes the socket when it is cancelled", async () => {
    await run(
      bodyOf(kind, function* () {
        const loop = getRunningLoop();
        const probe = (yield loop.createDatagramEndpoint(newInbox, { localAddr: LOCAL })) as Pair<Inbox>;
        const at = nameOf(probe[0]);
        probe[0].close();
        yield probe[1].ends.get();
        // At each of its steps.
        for (let steps = 0; ; steps++) {
          yield* untilFree(at);
          const made: Inbox[] = [];
          const factory = () => {
            made.push(new Inbox());
            return made[0]!;
          };
          const task = createTask(loop.createDatagramEndpoint(factory, { localAddr: at }));
          for (let i = 0; i < steps; i++) yield sleep(0);
          const tooLate = task.done();
          task.cancel();
          let transport: DatagramTransport | null = null;
          try {
            [transport] = (yield task) as Pair<Inbox>;
          } catch (error) {
            expect(isCancelled(error)).toBe(true);
          }
          transport?.abort();
          if (made.length > 0) expect(yield timeout(8, () => made[0]!.ends.get())).toBeNull();
          if (tooLate) break;
          expect(transport).toBeNull();
        }
        yield* untilFree(at);
      }),
    );
  });
});

describe("createDatagramEndpoint", () => {
  it("sends to names, in order, and tells when there is no such host", async () => {
    await run(async () => {
      const loop = getRunningLoop();
      loop.setResolver({
        async lookup(name) {
          await sleep(0.001);
          if (name !== "me.test") throw new Error("unknown");
          return { addresses: ["127.0.0.1"] };
        },
        *reverse() {
          return "";
        },
      });
      const [receiver, inbox] = await loop.createDatagramEndpoint(newInbox, { localAddr: LOCAL });
      const [sender, mine] = await loop.createDatagramEndpoint(newInbox, { family: AF_INET });
      const [, port] = nameOf(receiver);
      for (const text of ["a", "b", "c"]) sender.sendTo(text, ["me.test", port]);
      expect(sender.getWriteBufferSize()).toBe(27);
      sender.sendTo("d", ["other.test", port]);
      for (const text of ["a", "b", "c"]) {
        expect((await timeout(8, () => inbox.packets.get()))[0]).toBe(text);
      }
      expect(await timeout(8, () => mine.errors.get())).toMatchObject({ message: "unknown" });
      // What waits for a lookup is sent before the end.
      sender.sendTo("last", ["me.test", port]);
      sender.close();
      expect((await timeout(8, () => inbox.packets.get()))[0]).toBe("last");
      expect(await mine.ends.get()).toBeNull();
      receiver.close();
    });
  });

  it("tells of packets that are too long, and goes on", async () => {
    await run(async () => {
      const loop = getRunningLoop();
      const [transport, inbox] = await loop.createDatagramEndpoint(newInbox, { localAddr: LOCAL });
      transport.sendTo(new Uint8Array(70_000), nameOf(transport));
      expect(await timeout(8, () => inbox.errors.get())).toMatchObject({ name: "OSError", code: "EMSGSIZE" });
      transport.sendTo("short", nameOf(transport));
      expect((await timeout(8, () => inbox.packets.get()))[0]).toBe("short");
      transport.abort();
      expect(await inbox.ends.get()).toBeNull();
    });
  });

  // Deno does not tell what ICMP says.
  it.skipIf(onDeno)("tells when nobody listens at the peer, and goes on", async () => {
    await run(async () => {
      const loop = getRunningLoop();
      const [dead, gone] = await loop.createDatagramEndpoint(newInbox, { localAddr: LOCAL });
      const at = nameOf(dead);
      dead.close();
      await gone.ends.get();
      const [transport, inbox] = await loop.createDatagramEndpoint(newInbox, { remoteAddr: at });
      for (let i = 0; i < 2; i++) {
        transport.sendTo("anybody?");
        expect(await timeout(8, () => inbox.errors.get())).toMatchObject({
          name: "ConnectionRefusedError",
          code: "ECONNREFUSED",
        });
      }
      const [late, listener] = await loop.createDatagramEndpoint(newInbox, { localAddr: at });
      transport.sendTo("you!");
      expect((await timeout(8, () => listener.packets.get()))[0]).toBe("you!");
      late.close();
      transport.close();
    });
  });

  it("tells why it cannot bind", async () => {
    await run(async () => {
      const loop = getRunningLoop();
      const [first] = await loop.createDatagramEndpoint(newInbox, { localAddr: LOCAL });
      await expect(loop.createDatagramEndpoint(newInbox, { localAddr: nameOf(first) })).rejects.toMatchObject({
        name: "OSError",
        code: "EADDRINUSE",
        message: expect.stringMatching(/^\[Errno \d+\] Address already in use$/),
      });
      await expect(loop.createDatagramEndpoint(newInbox, { localAddr: ["192.0.2.1", 0] })).rejects.toMatchObject({
        code: "EADDRNOTAVAIL",
      });
      first.close();
    });
  });

  it.skipIf(!knowsReusePort())("shares a port with reusePort", async () => {
    await run(async () => {
      const loop = getRunningLoop();
      const options = { localAddr: LOCAL, reusePort: true };
      const [first] = await loop.createDatagramEndpoint(newInbox, options);
      const [second] = await loop.createDatagramEndpoint(newInbox, { localAddr: nameOf(first), reusePort: true });
      expect(nameOf(second)).toEqual(nameOf(first));
      first.close();
      second.close();
    });
  });

  it.skipIf(knowsReusePort())("says that the runtime knows no reusePort", async () => {
    await run(async () => {
      const options = { localAddr: LOCAL, reusePort: true };
      await expect(getRunningLoop().createDatagramEndpoint(newInbox, options)).rejects.toThrow(
        "reusePort not supported by this runtime",
      );
    });
  });

  it("takes a socket of the program's: unbound, bound, connected", async () => {
    await run(async () => {
      const loop = getRunningLoop();
      const unbound = createSocket("udp4");
      const [first, inbox] = await loop.createDatagramEndpoint(newInbox, { sock: unbound });
      const [, port] = nameOf(first);
      expect(port).toBeGreaterThan(0);
      const connected = createSocket("udp4");
      await new Promise<void>((resolve) => connected.connect(port, "127.0.0.1", resolve));
      const [second] = await loop.createDatagramEndpoint(newInbox, { sock: connected });
      expect(second.getExtraInfo("peername")).toEqual(["127.0.0.1", port]);
      second.sendTo("hello");
      expect((await timeout(8, () => inbox.packets.get()))[0]).toBe("hello");
      first.close();
      second.close();
    });
  });

  it("reaches a group by the socket's own methods", async () => {
    await run(async () => {
      const loop = getRunningLoop();
      const [transport, inbox] = await loop.createDatagramEndpoint(newInbox, { localAddr: ["0.0.0.0", 0] });
      const socket = transport.getExtraInfo("socket") as ReturnType<typeof createSocket>;
      socket.addMembership("239.255.7.7", "127.0.0.1");
      socket.setMulticastInterface("127.0.0.1");
      socket.setMulticastLoopback(true);
      transport.sendTo("all", ["239.255.7.7", nameOf(transport)[1]]);
      expect((await timeout(8, () => inbox.packets.get()))[0]).toBe("all");
      transport.close();
    });
  });

  it("may broadcast, and then takes packets from anybody", async () => {
    await run(async () => {
      const loop = getRunningLoop();
      const [receiver, inbox] = await loop.createDatagramEndpoint(newInbox, { localAddr: LOCAL });
      const at = nameOf(receiver);
      const [sender, mine] = await loop.createDatagramEndpoint(newInbox, { remoteAddr: at, allowBroadcast: true });
      expect(sender.getExtraInfo("peername")).toBeNull();
      sender.sendTo("by default");
      expect((await timeout(8, () => inbox.packets.get()))[0]).toBe("by default");
      expect(() => sender.sendTo("x", ["127.0.0.1", 1])).toThrow("Invalid address: must be null or ['127.0.0.1',");
      const [other] = await loop.createDatagramEndpoint(newInbox, { localAddr: LOCAL });
      other.sendTo("from another", ["127.0.0.1", nameOf(sender)[1]]);
      expect((await timeout(8, () => mine.packets.get()))[0]).toBe("from another");
      for (const transport of [receiver, sender, other]) transport.close();
    });
  });

  it("does IPv6", async () => {
    await run(async () => {
      const loop = getRunningLoop();
      let made: Pair<Inbox>;
      try {
        made = await loop.createDatagramEndpoint(newInbox, { localAddr: ["::1", 0] });
      } catch (error) {
        expect(error).toMatchObject({ code: "EADDRNOTAVAIL" }); // A machine without.
        return;
      }
      const [transport, inbox] = made;
      const at = transport.getExtraInfo("sockname") as readonly [string, number, number, number];
      expect(at).toEqual(["::1", expect.any(Number), 0, 0]);
      transport.sendTo("six", at);
      expect(await timeout(8, () => inbox.packets.get())).toEqual(["six", at]);
      transport.close();
    });
  });

  it("keeps a burst of 100,000 packets in bounded memory", async () => {
    await run(async () => {
      const loop = getRunningLoop();
      const [receiver, inbox] = await loop.createDatagramEndpoint(newInbox, { localAddr: LOCAL });
      const [sender, mine] = await loop.createDatagramEndpoint(newInbox, { remoteAddr: nameOf(receiver) });
      const packet = new Uint8Array(100);
      let paused = false;
      let pauses = 0;
      mine.pauseWriting = () => {
        paused = true;
        pauses++;
      };
      mine.resumeWriting = () => {
        paused = false;
      };
      let highest = 0;
      for (let i = 0; i < (onDeno ? 10_000 : 100_000); i++) {
        while (paused) await sleep(0);
        sender.sendTo(packet);
        highest = Math.max(highest, sender.getWriteBufferSize());
        if (i % 1000 === 0) await sleep(0);
      }
      expect(highest).toBeLessThanOrEqual(65_536 + 108);
      if (onDeno) expect(pauses).toBeGreaterThan(0);
      sender.close();
      expect(await timeout(9, () => mine.ends.get())).toBeNull();
      expect(inbox.packets.qsize()).toBeGreaterThan(0);
      receiver.close();
    });
  }, 20_000);

  it("says what does not fit together, in asyncio's words", async () => {
    await run(async () => {
      const loop = getRunningLoop();
      const make = (options: object) => loop.createDatagramEndpoint(newInbox, options);
      await expect(make({})).rejects.toThrow(new RangeError("unexpected address family"));
      await expect(make({ localAddr: "127.0.0.1" })).rejects.toThrow(new TypeError("2-tuple is expected"));
      await expect(make({ remoteAddr: ["127.0.0.1"] })).rejects.toThrow(new TypeError("2-tuple is expected"));
      await expect(make({ localAddr: ["127.0.0.1", 0], remoteAddr: ["::1", 9] })).rejects.toThrow(
        new RangeError("can not get address information"),
      );
      await expect(make({ localAddr: ["::1", 0], family: AF_INET })).rejects.toMatchObject({ name: "GaiError" });
      await expect(make({ family: AF_UNIX, localAddr: "/tmp/x" })).rejects.toThrow(NotImplementedError);
      const server = createServer();
      await expect(make({ sock: server })).rejects.toThrow("A datagram socket was expected, got");
      const sock = createSocket("udp4");
      await expect(make({ sock, family: AF_INET6, allowBroadcast: true, localAddr: null })).rejects.toThrow(
        "socket modifier options can not be used when sock is specified. (family=10, allowBroadcast=true)",
      );
      sock.close();
      const failing = () => {
        throw new Error("no protocol");
      };
      await expect(loop.createDatagramEndpoint(failing, { localAddr: LOCAL })).rejects.toThrow("no protocol");
    });
  });
});

describe("the protocol factory of a datagram endpoint", () => {
  it("is checked, and the socket of one that makes no protocol is closed", () =>
    run(async () => {
      const loop = getRunningLoop();
      const localAddr = ["127.0.0.1", 0] as const;
      const failure = async (factory: unknown): Promise<unknown> => {
        try {
          await loop.createDatagramEndpoint(factory as () => DatagramProtocol, { localAddr });
        } catch (error) {
          return error;
        }
        return expect.unreachable();
      };
      expect(await failure(DatagramProtocol)).toMatchObject({
        name: "TypeError",
        message: expect.stringContaining("write () => new DatagramProtocol()"),
      });
      expect(await failure(null)).toBeInstanceOf(TypeError);
      expect(await failure(() => undefined)).toMatchObject({
        name: "TypeError",
        message: expect.stringMatching(/^the protocol factory must return a protocol, got /),
      });
      expect(loop._openEndpoints).toBe(0);
    }));
});
