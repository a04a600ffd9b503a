import { describe, expect, it } from "vitest";
import { checkOrdered, naturalLess } from "./natural-order.ts";

describe("the natural order", () => {
  it("is that of Python's values, lists and texts", () => {
    const ascending: unknown[][] = [
      [-Infinity, -1, 0, 0.5, 1n, 2, 3n, Infinity],
      [false, 1, 2n],
      ["", "A", "a", "aa", "b", "é", "￿", "😀", "😀a"],
      [new Date(0), new Date(1)],
      [[], [0], [0, "a"], [0, "b"], [1], [1, [0, 1]], [1, [0, 2]], [1n, [1]]],
    ];
    for (const row of ascending) {
      row.forEach((a, i) => {
        row.forEach((b, k) => {
          expect([a, b, naturalLess(a, b)]).toEqual([a, b, i < k]);
        });
      });
    }
  });

  it("equal beginnings of other types are passed over", () => {
    expect(naturalLess([1n, "a"], [1, "b"])).toBe(true);
    expect(naturalLess([new Date(5), 1], [new Date(5), 2])).toBe(true);
    const same = { anything: true };
    expect(naturalLess([same, 1], [same, 2])).toBe(true);
  });

  it.each([
    [1, "1"],
    [1, null],
    [new Date(0), 0],
    [[1], 1],
    [{}, {}],
    [1, Number.NaN],
    [
      [1, {}],
      [1, {}],
    ],
    [[Number.NaN], [1]],
  ])("%j and %j have none", (a, b) => {
    expect(() => naturalLess(a, b)).toThrow(
      /^'<' not supported between .+ and .+: give PriorityQueue a compare function$/,
    );
  });

  it("what can be compared with nothing is told at once", () => {
    for (const item of [Number.NaN, {}, null, undefined, [{}], [[Number.NaN]], new Date(Number.NaN), Symbol("x")]) {
      expect(() => checkOrdered(item)).toThrow(TypeError);
    }
    for (const item of [1, 1n, "", true, [], [1, {}], [[]], new Date(0)])
      expect(() => checkOrdered(item)).not.toThrow();
  });
});
