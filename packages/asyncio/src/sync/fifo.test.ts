import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Fifo } from "./fifo.ts";

describe("a fifo", () => {
  it("does what an array does", () => {
    const operation = fc.oneof(
      { weight: 6, arbitrary: fc.constant("push" as const) },
      { weight: 5, arbitrary: fc.constant("take" as const) },
      { weight: 2, arbitrary: fc.constant("unshift" as const) },
      fc.constant("clear" as const),
    );
    const repeated = fc.array(fc.tuple(operation, fc.nat(70)), { maxLength: 60, size: "max" });
    fc.assert(
      fc.property(repeated, (program) => {
        const fifo = new Fifo<number>();
        const array: number[] = [];
        let next = 0;
        for (const [what, times] of program) {
          if (what === "clear") {
            fifo.clear();
            array.length = 0;
          }
          for (let i = 0; i < times; i++) {
            if (what === "push") {
              fifo.push(next);
              array.push(next++);
            } else if (what === "unshift") {
              fifo.unshift(next);
              array.unshift(next++);
            } else if (what === "take" && array.length > 0) {
              expect(fifo.take()).toBe(array.shift());
            }
          }
          expect(fifo.length).toBe(array.length);
          expect(fifo.toArray()).toEqual(array);
        }
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  it("holds a million", () => {
    const fifo = new Fifo<number>();
    for (let i = 0; i < 1_000_000; i++) fifo.push(i);
    let wrong = 0;
    for (let i = 0; i < 1_000_000; i++) if (fifo.take() !== i) wrong++;
    expect([wrong, fifo.length, fifo.toArray()]).toEqual([0, 0, []]);
  });
});
