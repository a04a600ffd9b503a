import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { bodyOf } from "../../../../tests/support/both-kinds.ts";
import { onBun, onDeno } from "../../../../tests/support/child-process.ts";
import { Peer, Recorder, rounds, until } from "../../../../tests/support/sockets.ts";
import {
  type Awaitable,
  ConnectionRefusedError,
  FileNotFoundError,
  getRunningLoop,
  run,
  type Server,
  type Transport,
  type UnixServerOptions,
  wrapPromise,
} from "../index.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "unix-"));
  path = join(folder, "socket");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const make = (): Recorder => new Recorder();

async function errorOf(awaitable: PromiseLike<unknown>): Promise<Error> {
  return await awaitable.then(
    () => {
      throw new Error("no error");
    },
    (error: Error) => error,
  );
}

describe.each(["generator", "native"])("Unix sockets in a %s coroutine", (kind) => {
  it("connect like any others", () =>
    run(
      bodyOf(kind, function* (): Generator<Awaitable<unknown>, void, never> {
        const loop = getRunningLoop();
        const served: Recorder[] = [];
        const factory = (): Recorder => {
          served.push(new Recorder());
          return served.at(-1)!;
        };
        const server: Server = yield loop.createUnixServer(factory, path);
        expect(server.sockets.map((socket) => socket.getSockName())).toEqual([path]);
        const [transport, protocol]: [Transport, Recorder] = yield loop.createUnixConnection(make, path);
        expect([transport.getExtraInfo("peername"), transport.getExtraInfo("sockname")]).toEqual([path, ""]);
        transport.write("ping");
        transport.writeEof();
        yield wrapPromise(() => until(() => served[0]?.received === "ping" && served[0].eof));
        yield wrapPromise(() => until(() => protocol.lost === null));
        const info = (key: "peername" | "sockname"): unknown => served[0]!.transport.getExtraInfo(key);
        expect([info("peername"), info("sockname")]).toEqual(["", path]);
        server.close();
        yield server.waitClosed();
        expect(existsSync(path)).toBe(false);
      }),
    ));
});

describe("a Unix server's file", () => {
  const serve = (options?: UnixServerOptions): PromiseLike<Server> =>
    getRunningLoop().createUnixServer(make, path, options);

  it("that was left behind is replaced", () =>
    run(async () => {
      const first = await serve({ cleanupSocket: false });
      first.close();
      expect(existsSync(path)).toBe(true);
      const second = await serve();
      const [transport] = await getRunningLoop().createUnixConnection(make, path);
      transport.abort();
      second.close();
      expect(readdirSync(folder)).toEqual([]);
    }));

  it("is left alone when another server has taken the place", () =>
    run(async () => {
      const first = await serve();
      const second = await serve();
      const { ino } = statSync(path);
      first.close();
      expect(statSync(path).ino).toBe(ino);
      const [transport] = await getRunningLoop().createUnixConnection(make, path);
      transport.abort();
      second.close();
      expect(readdirSync(folder)).toEqual([]);
    }));

  it("may be gone when the server closes", () =>
    run(async () => {
      const server = await serve();
      rmSync(path);
      server.close();
      await server.waitClosed();
    }));

  it("of another kind is in the way", () =>
    run(async () => {
      writeFileSync(path, "a file");
      const error = await errorOf(serve());
      expect(error).toMatchObject({ name: "OSError", code: "EADDRINUSE" });
      expect(error.message).toMatch(new RegExp(`^\\[Errno \\d+\\] Address '${path}' is already in use$`));
      expect(existsSync(path)).toBe(true);
    }));

  it.each(["x", "ü"])("whose path of %s is too long is an error, not another file", (letter) =>
    run(async () => {
      const loop = getRunningLoop();
      const long = path + letter.repeat(110 - Buffer.byteLength(path));
      const error = { name: "OSError", message: "AF_UNIX path too long" };
      await expect(loop.createUnixServer(make, long)).rejects.toMatchObject(error);
      await expect(loop.createUnixConnection(make, long)).rejects.toMatchObject(error);
      expect(readdirSync(folder)).toEqual([]);
      const whole = path + "x".repeat(100 - Buffer.byteLength(path));
      const server = await loop.createUnixServer(make, whole);
      expect([existsSync(whole), readdirSync(folder).length]).toEqual([true, 1]);
      const [transport] = await loop.createUnixConnection(make, whole);
      transport.abort();
      server.close();
      server.abortClients();
      await server.waitClosed();
    }),
  );

  it("in a folder that does not exist is an error", () =>
    run(async () => {
      const warn = vi.spyOn(getRunningLoop(), "_warn").mockImplementation(() => {});
      const error = await errorOf(getRunningLoop().createUnixServer(make, join(folder, "none", "socket")));
      expect(error).toMatchObject(onBun || onDeno ? {} : { name: "PermissionError" });
      expect(warn).not.toHaveBeenCalled();
    }));
});

describe("a Unix connection", () => {
  it("to nothing is FileNotFoundError, to a dead server ConnectionRefusedError", () =>
    run(async () => {
      const loop = getRunningLoop();
      const missing = await errorOf(loop.createUnixConnection(make, path));
      expect(missing).toBeInstanceOf(FileNotFoundError);
      expect(missing.message).toMatch(/^\[Errno 2\] No such file or directory/i);
      const server = await loop.createUnixServer(make, path, { cleanupSocket: false });
      server.close();
      expect(await errorOf(loop.createUnixConnection(make, path))).toBeInstanceOf(ConnectionRefusedError);
    }));

  it("may be one of the program's", () =>
    run(async () => {
      const loop = getRunningLoop();
      const server = net.createServer((socket) => new Peer(socket).socket.end("hello"));
      await new Promise<void>((resolve) => server.listen(path, resolve));
      const sock = net.connect(path);
      const [, protocol] = await loop.createUnixConnection(make, null, { sock });
      await until(() => protocol.lost === null);
      expect(protocol.received).toBe("hello");
      server.close();
    }));

  it.each([
    [null, {}, "no path and sock were specified"],
    ["x", { sock: {} }, "path and sock can not be specified at the same time"],
    ["x", { ssl: true }, "you have to pass serverHostname when using ssl"],
    ["x", { serverHostname: "h" }, "serverHostname is only meaningful with ssl"],
    ["x", { sslHandshakeTimeout: 1 }, "sslHandshakeTimeout is only meaningful with ssl"],
  ] as const)("with contradictions is an error, %#", (where, options, message) =>
    run(async () => {
      const error = await errorOf(getRunningLoop().createUnixConnection(make, where, options));
      expect([error.name, error.message]).toEqual(["RangeError", message]);
    }),
  );

  it.each([
    [null, {}, "path was not specified, and no sock specified"],
    ["x", { sock: {} }, "path and sock can not be specified at the same time"],
    ["x", { sslShutdownTimeout: 1 }, "sslShutdownTimeout is only meaningful with ssl"],
  ] as const)("so is such a server, %#", (where, options, message) =>
    run(async () => {
      const error = await errorOf(getRunningLoop().createUnixServer(make, where, options));
      expect([error.name, error.message]).toEqual(["RangeError", message]);
    }),
  );

  // Linux has them; Deno refuses the zero.
  it.skipIf(process.platform !== "linux" || onDeno)("can be to an abstract name", () =>
    run(async () => {
      const loop = getRunningLoop();
      const name = `\0asyncio-ts-${process.pid}-${Math.random()}`;
      const server = await loop.createUnixServer(() => {
        const protocol = new Recorder();
        protocol.connectionMade = (transport) => {
          transport.write("abstract");
          transport.close();
        };
        return protocol;
      }, name);
      const [, protocol] = await loop.createUnixConnection(make, name);
      await until(() => protocol.lost === null);
      expect(protocol.received).toBe("abstract");
      server.close();
      await rounds();
    }),
  );
});
