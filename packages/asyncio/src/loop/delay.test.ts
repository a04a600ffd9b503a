import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Delay, toSeconds } from "./delay.ts";

const factors = { ms: 0.001, s: 1, m: 60, h: 3600 } as const;

describe("delays", () => {
  it("a number is that many seconds", () => {
    fc.assert(fc.property(fc.double({ noNaN: true }), (seconds) => Object.is(toSeconds(seconds), seconds)));
    expect(toSeconds(-1.5)).toBe(-1.5);
  });

  it("a string is a decimal number with its unit", () => {
    const amount = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(amount, fc.constantFrom("ms", "s", "m", "h"), (number, unit) => {
        const expected = number * factors[unit];
        const got = toSeconds(`${number}${unit}` as Delay);
        return Math.abs(got - expected) <= Math.abs(expected) * 1e-12;
      }),
    );
    expect(toSeconds("250ms")).toBe(0.25);
  });

  it.each([
    ["1.5s", 1.5],
    ["0.5m", 30],
    ["2h", 7200],
    [".5s", 0.5],
    ["1.s", 1],
    ["-250ms", -0.25],
    ["1e3ms", 1],
    ["0s", 0],
  ])("%s is %d seconds", (delay, seconds) => {
    expect(toSeconds(delay as Delay)).toBeCloseTo(seconds, 12);
  });

  it.each(["", "5", "5 s", " 5s", "5s ", "5 sec", "s", "1d", "NaNs", "Infinitys", "1,5s", "--1s", "0x10s", "5s\n"])(
    "%j is a RangeError that shows it",
    (delay) => {
      expect(() => toSeconds(delay as Delay)).toThrow(RangeError);
      expect(() => toSeconds(delay as Delay)).toThrow(JSON.stringify(delay));
    },
  );

  it("NaN is a RangeError", () => {
    expect(() => toSeconds(NaN)).toThrow(RangeError);
    expect(() => toSeconds(NaN)).toThrow("Invalid delay: NaN (not a number)");
  });

  it.each([null, undefined, {}, [], true, 5n])("%s is a TypeError", (delay) => {
    expect(() => toSeconds(delay as never)).toThrow(TypeError);
  });

  it("any other text is a RangeError, never a silent number", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          return Number.isFinite(toSeconds(text as Delay)) && /^-?[\d.]+(e[+-]?\d+)?(ms|s|m|h)$/i.test(text);
        } catch (error) {
          return error instanceof RangeError;
        }
      }),
    );
  });
});
