import { describe, expect, it } from "vitest";
import { TimeoutError } from "./errors.ts";
import { OSError } from "./os-error.ts";
import { ConnectionError, ConnectionRefusedError, GaiError, makeSystemError, systemError } from "./system-errors.ts";

function nodeError(fields: object): Error {
  return Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:1"), fields);
}

describe("systemError", () => {
  it("is Python's class for the code, with its number and text", () => {
    const cause = nodeError({ code: "ECONNREFUSED", errno: -111, syscall: "connect", address: "127.0.0.1", port: 1 });
    const error = systemError(cause) as ConnectionRefusedError;
    expect(error).toBeInstanceOf(ConnectionRefusedError);
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error.message).toMatch(/^\[Errno \d+\] Connection refused$/);
    expect(error).toMatchObject({ code: "ECONNREFUSED", syscall: "connect", address: "127.0.0.1", port: 1, cause });
    expect(error.errno).toBeGreaterThan(0);
    expect(error.path).toBeUndefined();
  });

  it("takes a text of asyncio's", () => {
    const error = systemError(nodeError({ code: "ECONNREFUSED" }), "Connect call failed ('127.0.0.1', 1)") as OSError;
    expect(error.message).toMatch(/^\[Errno \d+\] Connect call failed \('127\.0\.0\.1', 1\)$/);
  });

  it("knows the codes without a class of their own, and the resolver's", () => {
    expect(Object.getPrototypeOf(systemError(nodeError({ code: "EADDRINUSE" })))).toBe(OSError.prototype);
    expect(systemError(nodeError({ code: "ETIMEDOUT" }))).toBeInstanceOf(TimeoutError);
    expect(systemError(nodeError({ code: "ENOTFOUND", syscall: "getaddrinfo" }))).toBeInstanceOf(GaiError);
  });

  it("leaves alone what is no error of the system", () => {
    const others = [new Error("plain"), nodeError({ code: "ERR_STREAM_DESTROYED" }), makeSystemError("EPIPE"), null, 3];
    for (const other of others) expect(systemError(other)).toBe(other);
  });
});
