import { describe, expect, it } from "vitest";
import {
  CancelledError,
  isCancelled,
  makeCancelledError,
  QueueFull,
  StopIteration,
  TimeoutError,
} from "../loop/errors.ts";
import { OSError } from "../loop/os-error.ts";
import { ConnectionResetError, makeSystemError } from "../loop/system-errors.ts";
import { IncompleteReadError } from "../net/stream-errors.ts";
import { ExceptionGroup } from "../structured/exception-group.ts";
import { decodeError } from "./decode-error.ts";
import { encodeError } from "./encode-error.ts";
import { registerError } from "./error-classes.ts";
import { RemoteTraceback } from "./remote-traceback.ts";

/** As it would arrive. */
function pass<T>(thrown: T): T {
  return decodeError(structuredClone(encodeError(thrown))) as T;
}

class HttpError extends Error {
  static {
    this.prototype.name = "HttpError";
  }
  readonly status: number;
  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}
registerError(HttpError);

describe("an error that passes a border", { timeout: 30_000 }, () => {
  it("keeps class, name and message of the language's errors", () => {
    for (const each of [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError]) {
      const error = pass(new each("what"));
      expect(error).toBeInstanceOf(each);
      expect(Object.getPrototypeOf(error)).toBe(each.prototype);
      expect(String(error)).toBe(`${each.name}: what`);
      expect(Object.keys(error)).toEqual([]);
    }
  });

  it("keeps our own classes and their properties", () => {
    expect(pass(new QueueFull())).toBeInstanceOf(QueueFull);
    expect(pass(new StopIteration({ a: 1 })).value).toEqual({ a: 1 });
    const timeout = pass(new TimeoutError("late", { delay: 2 }));
    expect(timeout).toBeInstanceOf(TimeoutError);
    expect(timeout).toBeInstanceOf(OSError);
    expect(timeout.delay).toBe(2);
    const reset = pass(makeSystemError("ECONNRESET", "gone", { syscall: "read" }));
    expect(reset).toBeInstanceOf(ConnectionResetError);
    expect(reset).toMatchObject({ code: "ECONNRESET", syscall: "read" });
    const incomplete = pass(new IncompleteReadError(new Uint8Array([1, 2]), 5));
    expect(incomplete).toBeInstanceOf(IncompleteReadError);
    expect([...incomplete.partial]).toEqual([1, 2]);
  });

  it("keeps cancellations, with their reasons, and aborts that come of them", () => {
    const cancelled = pass(new CancelledError({ by: "me" }));
    expect(isCancelled(cancelled)).toBe(true);
    expect(cancelled).toBeInstanceOf(CancelledError);
    expect(cancelled.reason).toEqual({ by: "me" });
    expect(pass(makeCancelledError("quick", false)).message).toBe("quick");
    const abort = pass(Object.assign(new Error("aborted"), { name: "AbortError", code: "ABORT_ERR" }));
    expect(abort).toMatchObject({ name: "AbortError", code: "ABORT_ERR" });
    const dom = pass(new DOMException("stopped", "AbortError"));
    expect(dom).toBeInstanceOf(DOMException);
    expect([dom.name, dom.message, dom.code]).toEqual(["AbortError", "stopped", 20]);
  });

  it("restores registered classes, and the nearest known one of others", () => {
    const error = pass(new HttpError("no page", 404));
    expect(error).toBeInstanceOf(HttpError);
    expect(error.status).toBe(404);
    class NotRegistered extends HttpError {
      readonly extra = [1];
    }
    const other = pass(new NotRegistered("x", 500));
    expect(other).toBeInstanceOf(HttpError);
    expect(other).not.toBeInstanceOf(NotRegistered);
    expect(other).toMatchObject({ name: "HttpError", message: "x", status: 500, extra: [1] });
  });

  it("makes an Error with the right name of an unknown class, and takes no class of the program's for ours", () => {
    const { Foreign } = {
      Foreign: class TimeoutError extends Error {
        override name = "TimeoutError";
        code = 7;
      },
    };
    const error = pass(new Foreign("mine"));
    expect(Object.getPrototypeOf(error)).toBe(Error.prototype);
    expect(error).toMatchObject({ name: "TimeoutError", message: "mine", code: 7 });
    expect(String(error)).toBe("TimeoutError: mine");
  });

  it("brings the other side's stack as its cause, with its own cause below", () => {
    const root = new TypeError("root");
    const middle = new RangeError("middle", { cause: root });
    const original = new Error("top", { cause: middle });
    const error = pass(original);
    const traceback = error.cause as RemoteTraceback;
    expect(traceback).toBeInstanceOf(RemoteTraceback);
    expect(traceback.message).toContain("error-codec.test");
    expect(traceback.message).toMatch(/^\n"""\nError: top\n(.*\n)+"""$/);
    expect(String(traceback)).toBe(traceback.stack);
    expect(error.stack).toContain("error-codec.test");
    const below = traceback.cause as RangeError;
    expect(below).toBeInstanceOf(RangeError);
    expect(below.cause).toBeInstanceOf(TypeError);
    expect((below.cause as Error).stack).toContain("TypeError: root");
    expect(Object.hasOwn(pass(new Error("alone")).cause as object, "cause")).toBe(false);
  });

  it("keeps causes that are no errors, and undefined", () => {
    expect((pass(new Error("x", { cause: "text" })).cause as Error).cause).toBe("text");
    const none = pass(new Error("x", { cause: undefined })).cause as Error;
    expect(Object.hasOwn(none, "cause")).toBe(true);
    expect(none.cause).toBe(undefined);
  });

  it("keeps the members of groups, nested ones and shared ones", () => {
    const shared = new HttpError("shared", 1);
    const group = pass(new ExceptionGroup("many", [shared, new ExceptionGroup("inner", [new QueueFull(), shared]), 5]));
    expect(group).toBeInstanceOf(ExceptionGroup);
    expect(group.errors.length).toBe(3);
    expect(group.errors[0]).toBeInstanceOf(HttpError);
    expect(group.errors[1].errors[1]).toBe(group.errors[0]);
    expect(group.errors[2]).toBe(5);
    expect(String(group)).toBe("ExceptionGroup: many (3 sub-exceptions)");
    expect(group.split(QueueFull)[0]?.errors.length).toBe(1);
    const aggregate = pass(new AggregateError([new TypeError("a")], "both"));
    expect(aggregate).toBeInstanceOf(AggregateError);
    expect(aggregate.errors[0]).toBeInstanceOf(TypeError);
    expect(Object.keys(aggregate)).toEqual([]);
  });

  it("keeps errors in properties", () => {
    const error = pass(
      Object.assign(new Error("x"), { original: new HttpError("y", 1), all: [new TypeError("z"), 2] }),
    );
    expect(error.original).toBeInstanceOf(HttpError);
    expect(error.original.status).toBe(1);
    expect(error.all[0]).toBeInstanceOf(TypeError);
    expect(error.all[1]).toBe(2);
  });

  it("describes properties that cannot pass", () => {
    const error = Object.assign(new Error("x"), {
      request: { callback: () => 1 },
      when: new Date(0),
      fn: function named() {},
      url: new URL("http://example.org"),
    });
    expect(pass(error)).toMatchObject({ when: new Date(0), fn: "<function named>", url: "<URL>" });
    expect(typeof pass(error).request).toBe("string");
  });

  it("takes whatever getters and proxies do", () => {
    const error = new Error("fine") as Error & Record<string, unknown>;
    const fail = (): never => {
      throw new RangeError("no");
    };
    Object.defineProperty(error, "details", { enumerable: true, get: fail });
    Object.defineProperty(error, "cause", { get: fail });
    Object.defineProperty(error, "stack", { get: fail });
    expect(pass(error)).toMatchObject({ message: "fine", details: "<unreadable: RangeError('no')>" });
    const nameless = Object.defineProperty(new Error("x"), "message", { get: fail });
    expect(pass(nameless).message).toBe("<unreadable: RangeError('no')>");
    const proxy = new Proxy(new Error("inside"), {
      get: fail,
      has: fail,
      ownKeys: fail,
      getPrototypeOf: fail,
      getOwnPropertyDescriptor: fail,
    });
    expect(() => encodeError(proxy)).not.toThrow();
    expect(() => pass(proxy)).not.toThrow();
    const strange = Object.assign(new Error("x"), { message: Symbol("s"), name: null });
    expect(pass(strange as unknown as Error)).toMatchObject({ message: "Symbol(s)", name: null });
  });

  it("does not touch prototypes by a property's name", () => {
    const error = new Error("x");
    Object.defineProperty(error, "__proto__", { value: { polluted: true }, enumerable: true });
    const arrived = pass(error);
    expect(Object.getPrototypeOf(arrived)).toBe(Error.prototype);
    expect((arrived as { polluted?: boolean }).polluted).toBe(undefined);
  });

  it("keeps circles of causes and members", () => {
    const a = new Error("a") as Error & { self?: unknown };
    const b = new AggregateError([a], "b", { cause: a });
    a.cause = b;
    a.self = a;
    const arrived = pass(a);
    expect(arrived.self).toBe(arrived);
    const next = (arrived.cause as Error).cause as AggregateError;
    expect(next.cause).toBe(arrived);
    expect(next.errors[0]).toBe(arrived);
  });

  it("keeps 100,000 causes", () => {
    let error = new Error("0");
    for (let i = 1; i < 100_000; i++) error = new Error(String(i), { cause: error });
    const arrived = pass(error);
    let count = 0;
    for (let at: unknown = arrived; at instanceof Error; at = at.cause) if (!(at instanceof RemoteTraceback)) count++;
    expect(count).toBe(100_000);
    expect(pass(new AggregateError(Array.from({ length: 10_000 }, (_, i) => new Error(`${i}`)))).errors.length).toBe(
      10_000,
    );
  });

  it("describes a property that is nested too deeply to be cloned", () => {
    let deep: unknown = 1;
    for (let i = 0; i < 100_000; i++) deep = { deep };
    expect(typeof pass(Object.assign(new Error("x"), { deep })).deep).toBe("string");
  });

  it("takes a frozen error, and one of another realm's kind", () => {
    const frozen = Object.freeze(Object.assign(new HttpError("cold", 3), { extra: 1 }));
    expect(pass(frozen)).toMatchObject({ message: "cold", status: 3, extra: 1 });
    expect(Object.isFrozen(pass(frozen))).toBe(false);
  });

  it("passes on what is thrown and is no error", () => {
    for (const thrown of ["text", 5, undefined, null, 2n, false]) expect(pass<unknown>(thrown)).toBe(thrown);
    expect(pass({ status: 5 })).toEqual({ status: 5 });
    const thrown = [new HttpError("in a list", 1)];
    expect(pass(thrown)[0]).toBeInstanceOf(HttpError);
    expect(String(pass<unknown>(function f() {}))).toBe(
      "RuntimeError: what was thrown cannot be passed on: <function f>",
    );
    expect(String(pass<unknown>(Symbol("s")))).toBe("RuntimeError: what was thrown cannot be passed on: Symbol(s)");
    expect(pass<unknown>({ f: () => 1 })).toBeInstanceOf(Error);
    expect(pass<unknown>(Promise.resolve())).toBeInstanceOf(Error);
  });

  it("survives two borders", () => {
    const error = pass(pass(new HttpError("far", 9)));
    expect(error).toBeInstanceOf(HttpError);
    const outer = error.cause as RemoteTraceback;
    expect(outer).toBeInstanceOf(RemoteTraceback);
    expect(outer.cause).toBeInstanceOf(RemoteTraceback);
    expect((outer.cause as Error).message).toContain("HttpError: far");
  });

  it("is told from what is no record", () => {
    for (const bad of [null, 5, {}, { records: [] }, { records: 1, thrown: {} }]) {
      expect(() => decodeError(bad as never)).toThrow("decodeError() takes what encodeError() gives");
    }
  });
});

describe("registerError()", () => {
  it("takes error classes only, and each name once", () => {
    expect(() => registerError(class {} as never)).toThrow("takes a class that extends Error");
    expect(() => registerError(undefined as never)).toThrow("takes a class that extends Error");
    expect(() => registerError((() => class extends Error {})())).toThrow("needs a name");
    const make = () => class RegisteredTwice extends Error {};
    registerError(make());
    const newest = make();
    registerError(newest);
    expect(pass(new newest("x"))).toBeInstanceOf(newest);
    const { Other } = { Other: class RegisteredTwice extends TypeError {} };
    expect(() => registerError(Other)).toThrow("another error class is registered as 'RegisteredTwice'");
    registerError(Other, "other/RegisteredTwice");
    expect(pass(new Other("x"))).toBeInstanceOf(Other);
    expect(() => registerError(HttpError, "js:Error")).toThrow("reserved");
  });
});
