import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bodyOf } from "../../../../tests/support/both-kinds.ts";
import "../process/loop-methods.ts";
import { OSError } from "../loop/os-error.ts";
import { GaiError } from "../loop/system-errors.ts";
import { run } from "../structured/runner.ts";
import { getRunningLoop } from "../tasks/default-loop.ts";
import { DnsResolver } from "./dns-resolver.ts";
import type { AddressInfo } from "./get-addr-info.ts";
import {
  AF_INET,
  AF_INET6,
  AI_CANONNAME,
  AI_NUMERICHOST,
  AI_NUMERICSERV,
  AI_PASSIVE,
  AI_V4MAPPED,
  NI_DGRAM,
  NI_NAMEREQD,
  NI_NOFQDN,
  NI_NUMERICHOST,
  NI_NUMERICSERV,
  SOCK_DGRAM,
  SOCK_RAW,
  SOCK_STREAM,
} from "./socket-constants.ts";

const STREAM = { type: SOCK_STREAM };
const tcp = (host: string, port = 80, name = ""): AddressInfo => [AF_INET, SOCK_STREAM, 6, name, [host, port]];
const tcp6 = (host: string, port = 80, scope = 0): AddressInfo => [
  AF_INET6,
  SOCK_STREAM,
  6,
  "",
  [host, port, 0, scope],
];
const udp = (host: string, port = 80): AddressInfo => [AF_INET, SOCK_DGRAM, 17, "", [host, port]];
const raw = (host: string, port = 80): AddressInfo => [AF_INET, SOCK_RAW, 0, "", [host, port]];

/** Without a server: whatever is asked of the DNS fails the test. */
function resolverWith(hosts: string): DnsResolver {
  const hostsFile = join(mkdtempSync(join(tmpdir(), "asyncio-ts-")), "hosts");
  writeFileSync(hostsFile, hosts);
  return new DnsResolver({ hostsFile, servers: ["127.0.0.1:1"], timeout: "50ms", search: [], fallback: null });
}

type Case = readonly [host: string | null, port: number | string | null, options: object];

// What CPython 3.11 prints for the same calls.
describe.each(["generator", "native"])("getAddrInfo of addresses, in a %s coroutine", (kind) => {
  const ask = ([host, port, options]: Case): Promise<unknown> =>
    run(
      bodyOf(kind, function* () {
        const loop = getRunningLoop();
        try {
          return yield loop.getAddrInfo(host, port, options);
        } catch (error) {
          if (!(error instanceof GaiError) || !(error instanceof OSError)) throw error;
          return error.message;
        }
      }),
    );

  it.each<[Case, unknown]>([
    [
      ["127.0.0.1", 80, {}],
      [tcp("127.0.0.1"), udp("127.0.0.1"), raw("127.0.0.1")],
    ],
    [["127.0.0.1", 80, STREAM], [tcp("127.0.0.1")]],
    [["127.0.0.1", "80", STREAM], [tcp("127.0.0.1")]],
    [["127.0.0.1", null, STREAM], [tcp("127.0.0.1", 0)]],
    [["127.0.0.1", "", { type: SOCK_DGRAM }], [udp("127.0.0.1", 0)]],
    [["127.0.0.1", "http", STREAM], [tcp("127.0.0.1")]],
    [
      ["127.0.0.1", "domain", {}],
      [tcp("127.0.0.1", 53), udp("127.0.0.1", 53)],
    ],
    [["127.0.0.1", "domain", { proto: 17 }], [udp("127.0.0.1", 53)]],
    [["127.0.0.1", 80, { proto: 6 }], [tcp("127.0.0.1")]],
    [["127.1", 80, STREAM], [tcp("127.0.0.1")]],
    [["::1", 80, STREAM], [tcp6("::1")]],
    [["::ffff:1.2.3.4", 80, STREAM], [tcp6("::ffff:1.2.3.4")]],
    [["fe80::1%1", 80, STREAM], [tcp6("fe80::1", 80, 1)]],
    [["127.0.0.1", 80, { ...STREAM, family: AF_INET6, flags: AI_V4MAPPED }], [tcp6("::ffff:127.0.0.1")]],
    [["127.0.0.1", 80, { ...STREAM, flags: AI_CANONNAME }], [tcp("127.0.0.1", 80, "127.0.0.1")]],
    [
      [null, 80, STREAM],
      [tcp6("::1"), tcp("127.0.0.1")],
    ],
    [
      [null, 80, { ...STREAM, flags: AI_PASSIVE }],
      [tcp("0.0.0.0"), tcp6("::")],
    ],
    [["127.0.0.1", null, { type: SOCK_RAW }], [raw("127.0.0.1", 0)]],
    [["", 80, {}], "[Errno -2] Name or service not known"],
    [[null, null, {}], "[Errno -2] Name or service not known"],
    [["fe80::1%nosuch", 80, {}], "[Errno -2] Name or service not known"],
    [["localhost", 80, { flags: AI_NUMERICHOST }], "[Errno -2] Name or service not known"],
    [["a\0b", 80, {}], "[Errno -2] Name or service not known"],
    [["a b", 80, {}], "[Errno -2] Name or service not known"],
    [["[::1]", 80, {}], "[Errno -2] Name or service not known"],
    [["1.2.3.4.", 80, {}], "[Errno -2] Name or service not known"],
    [[`${"a".repeat(64)}.com`, 80, {}], "[Errno -2] Name or service not known"],
    [["127.0.0.1", "http", { flags: AI_NUMERICSERV }], "[Errno -2] Name or service not known"],
    [["127.0.0.1", 80, { family: 99 }], "[Errno -6] ai_family not supported"],
    [["127.0.0.1", 80, { ...STREAM, proto: 17 }], "[Errno -7] ai_socktype not supported"],
    [["127.0.0.1", 80, { type: 9 }], "[Errno -7] ai_socktype not supported"],
    [["127.0.0.1", "nope", {}], "[Errno -8] Servname not supported for ai_socktype"],
    [["127.0.0.1", -1, {}], "[Errno -8] Servname not supported for ai_socktype"],
    [["127.0.0.1", "80x", {}], "[Errno -8] Servname not supported for ai_socktype"],
    [["127.0.0.1", Number.NaN, {}], "[Errno -8] Servname not supported for ai_socktype"],
    [["127.0.0.1", 65536, {}], "[Errno -8] Servname not supported for ai_socktype"],
    [["127.0.0.1", 80, { type: SOCK_RAW }], "[Errno -8] Servname not supported for ai_socktype"],
    [["127.0.0.1", 80, { proto: 99 }], "[Errno -8] Servname not supported for ai_socktype"],
    [["::1", 80, { family: AF_INET }], "[Errno -9] Address family for hostname not supported"],
    [["127.0.0.1", 80, { family: AF_INET6 }], "[Errno -9] Address family for hostname not supported"],
  ])("%j", async (given, expected) => {
    expect(await ask(given)).toEqual(expected);
  });
});

describe("getAddrInfo of names", () => {
  it("finds them in the hosts file, both families, with aliases and canonical names", async () => {
    await run(function* () {
      const loop = getRunningLoop();
      loop.setResolver(
        resolverWith("192.0.2.1 one.example one # first\n2001:db8::1 One.Example\n192.0.2.2 one\nbad line\n"),
      );
      const hosts = (infos: AddressInfo[]) => infos.map(([, , , , [host]]) => host).sort();
      expect(hosts(yield* loop.getAddrInfo("one.example", 80, STREAM))).toEqual(["192.0.2.1", "2001:db8::1"]);
      expect(hosts(yield* loop.getAddrInfo("ONE", 80, STREAM))).toEqual(["192.0.2.1", "192.0.2.2"]);
      expect(hosts(yield* loop.getAddrInfo("one.example.", 80, { ...STREAM, family: AF_INET6 }))).toEqual([
        "2001:db8::1",
      ]);
      const named = yield* loop.getAddrInfo("one", 80, { ...STREAM, flags: AI_CANONNAME });
      expect(named.map(([, , , name]) => name)).toEqual(["one.example", ""]);
      const mapped = yield* loop.getAddrInfo("one", 80, { ...STREAM, family: AF_INET6, flags: AI_V4MAPPED });
      expect(hosts(mapped)).toEqual(["::ffff:192.0.2.1", "::ffff:192.0.2.2"]);
    });
  });

  it("knows loopback names without asking", async () => {
    await run(function* () {
      const loop = getRunningLoop();
      loop.setResolver(resolverWith(""));
      for (const name of ["localhost", "LOCALHOST.", "a.localhost"]) {
        expect(yield* loop.getAddrInfo(name, 80, { ...STREAM, family: AF_INET })).toEqual([tcp("127.0.0.1")]);
        expect(yield* loop.getAddrInfo(name, 80, { ...STREAM, family: AF_INET6 })).toEqual([tcp6("::1")]);
        expect(yield* loop.getAddrInfo(name, 80, STREAM)).toHaveLength(2);
      }
    });
  });

  it("asks a resolver of the user's, of either kind, with the name as the DNS has it", async () => {
    await run(async () => {
      const loop = getRunningLoop();
      const asked: unknown[] = [];
      loop.setResolver({
        async lookup(name, query) {
          asked.push(name, query);
          return { addresses: ["192.0.2.9", "nonsense"] };
        },
        *reverse(address) {
          asked.push(address);
          return "name.example";
        },
      });
      expect(await loop.getAddrInfo("bücher.example", "http", STREAM)).toEqual([tcp("192.0.2.9")]);
      expect(await loop.getNameInfo(["192.0.2.9", 80])).toEqual(["name.example", "http"]);
      expect(asked).toEqual(["xn--bcher-kva.example", { family: 0, canonicalName: false }, "192.0.2.9"]);
      await expect(loop.getAddrInfo("x.example", 80, { family: AF_INET6 })).rejects.toThrow("[Errno -5]");
      expect(() => loop.setResolver({} as never)).toThrow(TypeError);
      loop.setResolver(null);
      expect(loop.getResolver()).toBeInstanceOf(DnsResolver);
    });
  });

  it("refuses what is no name", async () => {
    await run(async () => {
      const loop = getRunningLoop();
      expect(() => loop.getAddrInfo(5 as never, 80)).toThrow("argument 1 must be string or null");
      expect(() => loop.getAddrInfo("a", {} as never)).toThrow(TypeError);
      expect(() => loop.getNameInfo("x" as never)).toThrow("argument 1 must be an array");
      expect(() => loop.getNameInfo(["127.0.0.1", "http"] as never)).toThrow(TypeError);
    });
  });
});

describe("getNameInfo", () => {
  it("gives names, or numbers", async () => {
    await run(function* () {
      const loop = getRunningLoop();
      loop.setResolver(resolverWith("192.0.2.1 one.example\n"));
      const ask = (address: readonly [string, number, ...number[]], flags = 0) => loop.getNameInfo(address, flags);
      expect(yield* ask(["192.0.2.1", 80])).toEqual(["one.example", "http"]);
      expect(yield* ask(["192.0.2.1", 80], NI_NOFQDN | NI_NUMERICSERV)).toEqual(["one", "80"]);
      expect(yield* ask(["192.0.2.1", 53], NI_DGRAM)).toEqual(["one.example", "domain"]);
      expect(yield* ask(["192.0.2.1", 54321], NI_NUMERICHOST)).toEqual(["192.0.2.1", "54321"]);
      expect(yield* ask(["0:0::1", 80, 0, 0], NI_NUMERICHOST | NI_NUMERICSERV)).toEqual(["::1", "80"]);
      expect(yield* ask(["192.0.2.77", 80], NI_NUMERICSERV)).toEqual(["192.0.2.77", "80"]);
      for (const [address, flags, code] of [
        // Nobody listens there: some runtimes tell, to others it is a name that does not exist.
        [["192.0.2.77", 80], NI_NAMEREQD, expect.toSatisfy((errno) => errno === -2 || errno === -3)],
        [["one.example", 80], 0, -2],
        [["192.0.2.1", 70000], 0, -8],
      ] as const) {
        try {
          yield* ask(address, flags);
          expect.unreachable();
        } catch (error) {
          expect(error).toMatchObject({ name: "GaiError", errno: code, syscall: "getnameinfo" });
        }
      }
    });
  });
});
