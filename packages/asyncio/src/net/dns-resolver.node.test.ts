import { mkdtempSync, readFile, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { bodyOf } from "../../../../tests/support/both-kinds.ts";
import { onDeno } from "../../../../tests/support/child-process.ts";
import { type DnsRecord, type DnsServer, startDnsServer } from "../../../../tests/support/dns-server.ts";
import "../process/loop-methods.ts";
import { fromCallback } from "../interop/from-callback.ts";
import { wrapPromise } from "../interop/wrap-promise.ts";
import { isCancelled } from "../loop/errors.ts";
import { GaiError } from "../loop/system-errors.ts";
import { gather } from "../structured/gather.ts";
import { run } from "../structured/runner.ts";
import { sleep } from "../structured/sleep.ts";
import { timeout } from "../structured/timeout.ts";
import { createTask } from "../tasks/create-task.ts";
import { getRunningLoop } from "../tasks/default-loop.ts";
import { DnsResolver, type DnsResolverOptions } from "./dns-resolver.ts";
import type { AddressInfo } from "./get-addr-info.ts";
import type { Resolver } from "./resolver.ts";
import { AF_INET, AF_INET6, AI_CANONNAME, SOCK_STREAM } from "./socket-constants.ts";
import { SystemResolver } from "./system-resolver.ts";

const STREAM = { type: SOCK_STREAM };
const servers: DnsServer[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function serve(
  records: Readonly<Record<string, DnsRecord>> | null,
  options: DnsResolverOptions = {},
): Promise<{ server: DnsServer; resolver: DnsResolver }> {
  const server = await startDnsServer(records);
  servers.push(server);
  const defaults = { hostsFile: null, fallback: null, search: [], timeout: 10, attempts: 1 };
  return { server, resolver: new DnsResolver({ ...defaults, ...options, servers: [server.address] }) };
}

const hostsOf = (infos: readonly AddressInfo[]) => infos.map(([, , , , [host]]) => host);
const addresses4 = (infos: readonly AddressInfo[]) => hostsOf(infos).filter((host) => !host.includes(":"));

describe.each(["generator", "native"])("DnsResolver, asked in a %s coroutine", (kind) => {
  it("asks for both families, or one", async () => {
    const { server, resolver } = await serve({
      "two.test": { a: ["192.0.2.1", "192.0.2.2"], aaaa: ["2001:0db8:0000:0000:0000:0000:0000:0001"] },
      "four.test": { a: ["192.0.2.3"] },
    });
    await run(
      bodyOf(kind, function* () {
        const loop = getRunningLoop();
        loop.setResolver(resolver);
        const both = (yield loop.getAddrInfo("two.test", 80, STREAM)) as AddressInfo[];
        expect(hostsOf(both).sort()).toEqual(["192.0.2.1", "192.0.2.2", "2001:db8::1"]);
        expect(addresses4(both)).toEqual(["192.0.2.1", "192.0.2.2"]);
        expect(server.questions.sort()).toEqual(["A two.test", "AAAA two.test"]);
        server.questions.length = 0;
        const ipv4 = (yield loop.getAddrInfo("two.test", 80, { ...STREAM, family: AF_INET })) as AddressInfo[];
        expect(hostsOf(ipv4)).toEqual(["192.0.2.1", "192.0.2.2"]);
        expect(server.questions).toEqual(["A two.test"]);
        const some = (yield loop.getAddrInfo("four.test", 80, STREAM)) as AddressInfo[];
        expect(hostsOf(some)).toEqual(["192.0.2.3"]);
      }),
    );
  });

  it("tells what does not exist from what cannot be known now", async () => {
    const { resolver } = await serve({
      "four.test": { a: ["192.0.2.3"] },
      "broken.test": { fails: "SERVFAIL" },
      "half.test": { a: ["192.0.2.4"] },
    });
    await run(
      bodyOf(kind, function* () {
        const loop = getRunningLoop();
        loop.setResolver(resolver);
        const fail = function* (name: string, family = 0) {
          try {
            yield loop.getAddrInfo(name, 80, { ...STREAM, family });
          } catch (error) {
            expect(error).toBeInstanceOf(GaiError);
            return (error as GaiError).errno;
          }
          return 0;
        };
        expect(yield* fail("nowhere.test")).toBe(-2);
        // Bun and Deno do not tell a name without such addresses from no name.
        expect([-2, -5]).toContain(yield* fail("four.test", AF_INET6));
        expect(yield* fail("broken.test")).toBe(onDeno ? -2 : -3); // To Deno it is all the same.
      }),
    );
  });
});

describe("DnsResolver", () => {
  it("completes short names with the search domains, and long ones only when they are unknown", async () => {
    const records = { "host.one.test": { a: ["192.0.2.1"] }, "a.b.two.test": { a: ["192.0.2.2"] } };
    const { server, resolver } = await serve(records, { search: ["one.test", "two.test"], ndots: 1 });
    await run(function* () {
      const loop = getRunningLoop();
      loop.setResolver(resolver);
      const ask = (name: string) => loop.getAddrInfo(name, 80, { ...STREAM, family: AF_INET });
      expect(hostsOf(yield* ask("host"))).toEqual(["192.0.2.1"]);
      expect(server.questions.splice(0)).toEqual(["A host.one.test"]);
      expect(hostsOf(yield* ask("a.b"))).toEqual(["192.0.2.2"]);
      expect(server.questions.splice(0)).toEqual(["A a.b", "A a.b.one.test", "A a.b.two.test"]);
      yield* expectGai(ask("host."), -2);
      expect(server.questions.splice(0)).toEqual(["A host"]);
    });
  });

  it("follows aliases to the canonical name", async () => {
    const { resolver } = await serve({
      "www.test": { a: ["192.0.2.1"], cname: "web.test" },
      "web.test": { a: ["192.0.2.1"], cname: "host.test" },
      "host.test": { a: ["192.0.2.1"] },
    });
    await run(function* () {
      const loop = getRunningLoop();
      loop.setResolver(resolver);
      const [info] = yield* loop.getAddrInfo("www.test", 80, { ...STREAM, family: AF_INET, flags: AI_CANONNAME });
      expect(info).toEqual([AF_INET, SOCK_STREAM, 6, "host.test", ["192.0.2.1", 80]]);
    });
  });

  it("finds the name of an address", async () => {
    const { resolver } = await serve({ "7.2.0.192.in-addr.arpa": { ptr: "seven.test" } });
    await run(function* () {
      const loop = getRunningLoop();
      loop.setResolver(resolver);
      expect(yield* loop.getNameInfo(["192.0.2.7", 443])).toEqual(["seven.test", "https"]);
      expect(yield* loop.getNameInfo(["192.0.2.8", 443])).toEqual(["192.0.2.8", "https"]);
    });
  });

  it("gives up after its own timeout", async () => {
    const { server, resolver } = await serve(null, { timeout: "50ms", attempts: 2 });
    await run(function* () {
      const loop = getRunningLoop();
      loop.setResolver(resolver);
      yield* expectGai(loop.getAddrInfo("slow.test", 80, { family: AF_INET }), -3);
    });
    expect(server.questions.length).toBeGreaterThanOrEqual(2);
  });

  it("asks the fallback for .local, and not for what the DNS has answered", async () => {
    const asked: string[] = [];
    const fallback: Resolver = {
      *lookup(name) {
        asked.push(name);
        return { addresses: ["192.0.2.5"] };
      },
      *reverse() {
        return "";
      },
    };
    const { server, resolver } = await serve({ "a.test": { a: ["192.0.2.1"] } }, { fallback });
    await run(function* () {
      const loop = getRunningLoop();
      loop.setResolver(resolver);
      expect(hostsOf(yield* loop.getAddrInfo("printer.local", 80, STREAM))).toEqual(["192.0.2.5"]);
      expect(server.questions).toEqual([]);
      expect(hostsOf(yield* loop.getAddrInfo("a.test", 80, { ...STREAM, family: AF_INET }))).toEqual(["192.0.2.1"]);
      expect(asked).toEqual(["printer.local"]);
    });
  });

  it("reads its hosts file anew when that has changed", async () => {
    const folder = mkdtempSync(join(tmpdir(), "asyncio-ts-"));
    const hostsFile = join(folder, "hosts");
    const { resolver } = await serve({}, { hostsFile });
    await run(function* () {
      const loop = getRunningLoop();
      loop.setResolver(resolver);
      const ask = () => loop.getAddrInfo("here.test", 80, { ...STREAM, family: AF_INET });
      yield* expectGai(ask(), -2); // No such file.
      const now = Date.now;
      try {
        writeFileSync(hostsFile, "192.0.2.1 here.test");
        Date.now = () => now() + 10_000;
        const both = yield* gather(ask(), ask());
        expect(both.map(hostsOf)).toEqual([["192.0.2.1"], ["192.0.2.1"]]);
        writeFileSync(hostsFile, "192.0.2.22 here.test");
        Date.now = () => now() + 20_000;
        expect(hostsOf(yield* ask())).toEqual(["192.0.2.22"]);
        rmSync(hostsFile);
        Date.now = () => now() + 30_000;
        yield* expectGai(ask(), -2);
      } finally {
        Date.now = now;
        rmSync(folder, { recursive: true });
      }
    });
  });

  it("withdraws the questions of cancelled tasks, and of those that still wait for their turn", async () => {
    const { server, resolver } = await serve(null, { limit: 2 });
    await run(async () => {
      const loop = getRunningLoop();
      loop.setResolver(resolver);
      const tasks = Array.from({ length: 5 }, (_, i) =>
        createTask(loop.getAddrInfo(`${i}.test`, 80, { family: AF_INET })),
      );
      await wrapPromise(() => server.asked());
      while (server.questions.length < 2) await wrapPromise(() => server.asked());
      for (const task of tasks.slice(0, 4)) task.cancel();
      while (server.questions.length < 3) await wrapPromise(() => server.asked());
      for (const task of tasks.slice(0, 4)) await expect(task).rejects.toSatisfy(isCancelled);
      expect(server.questions.sort()).toEqual(["A 0.test", "A 1.test", "A 4.test"]);
      tasks[4]!.cancel();
      await expect(tasks[4]).rejects.toSatisfy(isCancelled);
    });
  });

  it("leaves files fast while 100 lookups wait for a dead server", async () => {
    const { server, resolver } = await serve(null);
    await run(async () => {
      const loop = getRunningLoop();
      loop.setResolver(resolver);
      const lookups = Array.from({ length: 100 }, (_, i) =>
        createTask(loop.getAddrInfo(`${i}.test`, 80, { family: AF_INET })),
      );
      while (server.questions.length < 100) await wrapPromise(() => server.asked());
      // Were they in the pool, each of these would wait for seconds.
      await timeout(8, async () => {
        for (let i = 0; i < 20; i++) {
          await fromCallback<Buffer>((done) => readFile(import.meta.filename ?? process.execPath, done as never));
        }
      });
      for (const task of lookups) {
        expect(task.done()).toBe(false);
        task.cancel();
      }
      await sleep(0);
    });
  });

  it("checks its options", () => {
    for (const options of [{ timeout: 0 }, { timeout: Number.NaN }, { attempts: 0 }, { limit: 1.5 }]) {
      expect(() => new DnsResolver(options)).toThrow(RangeError);
    }
    expect(() => new SystemResolver({ limit: 0 })).toThrow(RangeError);
  });
});

describe("SystemResolver", () => {
  it("asks the operating system", async () => {
    await run(async () => {
      const loop = getRunningLoop();
      loop.setResolver(new SystemResolver());
      expect(addresses4(await loop.getAddrInfo("localhost", 80, STREAM))).toContain("127.0.0.1");
      const many = await gather(Array.from({ length: 20 }, () => loop.getAddrInfo("localhost", 80, STREAM)));
      expect(many).toHaveLength(20);
      const [name] = await loop.getNameInfo(["127.0.0.1", 80]);
      expect(name).not.toBe("");
    });
  });
});

function* expectGai(lookup: ReturnType<ReturnType<typeof getRunningLoop>["getAddrInfo"]>, errno: number) {
  try {
    yield* lookup;
  } catch (error) {
    expect(error).toMatchObject({ name: "GaiError", errno });
    return;
  }
  expect.unreachable();
}
