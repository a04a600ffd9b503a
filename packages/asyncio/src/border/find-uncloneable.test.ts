import { describe, expect, it } from "vitest";
import { Future } from "../tasks/future.ts";
import { TestLoop } from "../testing/index.ts";
import { findUncloneable } from "./find-uncloneable.ts";
import { checkCloneable, UncloneableError, uncloneableError } from "./uncloneable-error.ts";

function where(value: unknown, border: "thread" | "process" = "thread"): string | null {
  return findUncloneable(value, { root: "args", border })?.message ?? null;
}

function chain(depth: number, end: unknown): unknown {
  let value = end;
  for (let i = 0; i < depth; i++) value = { next: value };
  return value;
}

describe("findUncloneable()", { timeout: 30_000 }, () => {
  it("finds nothing in what structured clone takes", () => {
    const value = [
      1,
      "a",
      2n,
      null,
      undefined,
      true,
      new Date(0),
      /x/,
      new Map([["a", new Set([1])]]),
      new Uint8Array(3),
      new ArrayBuffer(0),
      new TypeError("x", { cause: "y" }),
      Object("boxed"),
      new (class Point {
        x = 1;
      })(),
      Object.create(null),
    ];
    expect(where(value)).toBe(null);
    expect(where(value, "process")).toBe(null);
    expect(() => structuredClone(value)).not.toThrow();
  });

  it("names the path through arrays, objects, maps, sets, causes and getters", () => {
    const bad = function onClick() {};
    expect(where([{ users: [1, 2, 3, { onClick: bad }] }])).toBe("args[0].users[3].onClick is a function (onClick)");
    expect(where([{ "my-key": [() => 1] }])).toBe('args[0]["my-key"][0] is a function');
    expect(where({ m: new Map([["id", bad]]) })).toBe('args.m.get("id") is a function (onClick)');
    expect(where(new Map([[{}, Symbol("s")]]))).toBe("[...args.values()][0] is a symbol (Symbol(s))");
    expect(
      where(
        new Map<unknown, number>([
          [1, 1],
          [Symbol("k"), 2],
        ]),
      ),
    ).toBe("[...args.keys()][1] is a symbol (Symbol(k))");
    expect(where([new Set([1, { a: bad }])])).toBe("[...args[0]][1].a is a function (onClick)");
    expect(where(new Error("x", { cause: { f: bad } }))).toBe("args.cause.f is a function (onClick)");
    const own = Object.defineProperty({}, "x", { enumerable: true, get: () => bad });
    expect(where(own)).toBe("args.x is a function (onClick)");
    expect(where(bad)).toBe("args is a function (onClick)");
  });

  it("says which getter throws", () => {
    const value = {
      ok: 1,
      get bad(): number {
        throw new RangeError("no");
      },
    };
    expect(where([value])).toBe("args[0].bad is a getter that throws RangeError('no')");
  });

  it("refuses what would be refused, or arrive as an empty shell, on any runtime", () => {
    const named: [unknown, string][] = [
      [new URL("http://example.org/"), "a URL: pass its href"],
      [new URLSearchParams(), "a URLSearchParams: pass its text"],
      [new AbortController().signal, "an AbortSignal"],
      [new Event("x"), "an Event"],
      [Promise.resolve(), "a Promise: await it first"],
      [new WeakMap(), "a WeakMap"],
      [new WeakRef({}), "a WeakRef"],
      [(function* () {})(), "a Generator: pass [...generator]"],
      [new Map().values(), "a Map Iterator"],
      [new Intl.NumberFormat("en"), "an Intl.NumberFormat"],
      [Math, "a Math"],
      [new Future({ loop: new TestLoop() }), "a Future: await it first"],
    ];
    for (const [value, what] of named) {
      expect(where({ value })).toBe(`args.value is ${what}`);
      expect(where({ value }, "process")).toBe(`args.value is ${what}`);
    }
  });

  it("lets the program's own classes pass, also with a tag of their own", () => {
    class Tagged {
      readonly x = 1;
      get [Symbol.toStringTag](): string {
        return "Promise like";
      }
    }
    expect(where(new Tagged())).toBe(null);
  });

  it("knows what threads can pass and processes cannot", () => {
    const { SharedArrayBuffer: Shared } = globalThis;
    if (Shared !== undefined) {
      expect(where([new Shared(8)])).toBe(null);
      expect(where([new Shared(8)], "process")).toBe("args[0] is a SharedArrayBuffer: processes share no memory");
    }
    expect(where([new Blob(["a"])])).toBe(null);
    expect(where([new Blob(["a"])], "process")).toBe("args[0] is a Blob");
  });

  it("finds a detached buffer, and a view of one", () => {
    const buffer = new ArrayBuffer(8);
    const view = new Uint16Array(buffer);
    structuredClone(buffer, { transfer: [buffer] });
    expect(where([buffer])).toBe("args[0] is a detached ArrayBuffer");
    expect(where([view])).toBe("args[0] is a detached ArrayBuffer");
    expect(where([new Uint8Array(0)])).toBe(null);
  });

  it("looks at each object once, and ends in circles", () => {
    const circle: Record<string, unknown> = { map: new Map() };
    circle["self"] = circle;
    (circle["map"] as Map<unknown, unknown>).set(circle, circle);
    expect(where(circle)).toBe(null);
    let reads = 0;
    const counted = Object.defineProperty({}, "x", { enumerable: true, get: () => ++reads });
    where([counted, counted, { counted }]);
    expect(reads).toBe(1);
  });

  it("skips what somebody else takes care of", () => {
    const port = { send: () => {} };
    expect(findUncloneable([port], { skip: (value) => value === port })).toBe(null);
  });

  it("goes 90,000 levels deep, and shortens the path", () => {
    const found = findUncloneable(chain(90_000, () => 1));
    expect(found?.what).toBe("a function");
    expect(found?.path).toMatch(/^value(\.next){20}…(\.next){20}$/);
    expect(findUncloneable(chain(90_000, 1))).toBe(null);
    expect(findUncloneable(chain(100_001, 1))?.message).toMatch(/…(\.next)+ is nested too deeply \(100000 levels\)$/);
  });

  it("is linear in a large value", () => {
    const large = Array.from({ length: 300_000 }, (_, id) => ({ id, tags: ["a", "b"] }));
    expect(where(large)).toBe(null);
    expect(where([large, () => 1])).toBe("args[1] is a function");
    const sparse: unknown[] = [];
    sparse[4_000_000_000] = () => 1;
    expect(where(sparse)).toBe("args[4000000000] is a function");
  });
});

describe("UncloneableError", () => {
  it("names the path and the border", () => {
    expect(() => checkCloneable({ f: () => 1 }, { root: "args[0]" })).toThrow(
      "args[0].f is a function (f), which cannot be passed to another thread",
    );
    try {
      checkCloneable([Symbol("x")], { border: "process" });
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(UncloneableError);
      expect(error).toBeInstanceOf(TypeError);
      expect((error as UncloneableError).path).toBe("value[0]");
      expect(String(error)).toBe(
        "UncloneableError: value[0] is a symbol (Symbol(x)), which cannot be passed to another process",
      );
    }
  });

  it("explains what the runtime has refused", () => {
    const refused = new Error("no such thing");
    expect(uncloneableError(refused, { f: Math.max }, { root: "item" }).message).toBe(
      "item.f is a function (max), which cannot be passed to another thread",
    );
    expect(uncloneableError(refused, 1, { root: "item" })).toMatchObject({
      message: "item cannot be cloned (no such thing)",
      cause: refused,
    });
  });

  it("says how deep a value was that the runtime could not follow", () => {
    const deep = { list: chain(60_000, 1) };
    let refused: unknown = null;
    try {
      structuredClone(deep);
    } catch (error) {
      refused = error;
    }
    if (refused === null) return; // A large stack.
    const error = uncloneableError(refused, deep);
    expect(error.message).toMatch(/^value\.list(\.next){19}…(\.next)+ is nested too deeply \(6000\d levels\), /);
  });
});
