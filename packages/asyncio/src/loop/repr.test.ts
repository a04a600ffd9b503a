import { describe, expect, it } from "vitest";
import { RuntimeError } from "./errors.ts";
import { callbackName, functionLabel, repr } from "./repr.ts";

describe("repr", () => {
  it.each([
    ["text", "'text'"],
    ["it's", '"it\'s"'],
    ["a\nb\\", "'a\\nb\\\\'"],
    [5, "5"],
    [5n, "5n"],
    [null, "null"],
    [undefined, "undefined"],
    [true, "true"],
    [[1, "a"], "[1, 'a']"],
    [{ a: 1, b: "x" }, "{ a: 1, b: 'x' }"],
    [new RangeError("bad"), "RangeError('bad')"],
    [new RuntimeError(), "RuntimeError()"],
    [new Map(), "<Map>"],
    [Symbol("s"), "Symbol(s)"],
    [Object.create(null), "{}"],
  ])("of %o is %s", (value, text) => {
    expect(repr(value)).toBe(text);
  });

  it("names functions", () => {
    expect(repr(function work() {})).toBe("<function work>");
    expect(repr((() => () => {})())).toBe("<function>");
  });

  it("shortens what is long", () => {
    expect(repr("x".repeat(10_000)).length).toBeLessThan(250);
    expect(repr(Array.from({ length: 1000 }, (_, i) => i)).length).toBeLessThan(60);
    expect(repr({ text: "x".repeat(10_000) }).length).toBeLessThan(250);
  });

  it("never throws, whatever an object does", () => {
    const circular: Record<string, unknown> = {};
    circular["self"] = circular;
    const hostile = new Proxy(
      {},
      {
        get() {
          throw new Error("no");
        },
      },
    );
    expect(repr(circular)).toBe("{ self: { … } }");
    expect(repr(hostile)).toBe("<object>");
  });

  it("names callbacks without bind's prefix", () => {
    expect(callbackName(function tick() {})).toBe("tick()");
    expect(callbackName(function tick() {}.bind(null))).toBe("tick()");
    expect(callbackName(null)).toBe("null");
  });

  it("names functions, and shows the beginning of those without a name", () => {
    expect(functionLabel(function tick() {})).toBe("tick");
    const anonymous = [(): string => "x".repeat(2)][0]!;
    expect(functionLabel(anonymous)).toMatch(/^\(\) ?=> ?"x"/);
    expect(functionLabel([() => [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17]][0]!)).toMatch(/^.{50}…$/);
  });
});
