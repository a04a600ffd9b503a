import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ReadyQueue } from "./ready-queue.ts";
import type { Runnable } from "./runnable.ts";

const item = (): Runnable => ({ _run() {} });

describe("the ready queue", () => {
  it("behaves as an array under any sequence of operations", () => {
    const step = fc.oneof(
      fc.record({ op: fc.constant("push" as const), count: fc.integer({ min: 1, max: 200 }) }),
      fc.record({ op: fc.constant("shift" as const), count: fc.integer({ min: 1, max: 200 }) }),
      fc.record({ op: fc.constant("swap" as const), count: fc.nat() }),
      fc.record({ op: fc.constant("clear" as const), count: fc.constant(0) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const queue = new ReadyQueue();
        const model: Runnable[] = [];
        for (const { op, count } of steps) {
          if (op === "push") {
            for (let i = 0; i < count; i++) {
              const each = item();
              queue.push(each);
              model.push(each);
            }
          } else if (op === "shift") {
            for (let i = 0; i < count && model.length > 0; i++) {
              if (queue.shift() !== model.shift()) throw new Error("another item");
            }
          } else if (op === "swap" && model.length > 1) {
            const i = count % model.length;
            const j = (count >> 3) % model.length;
            queue.swap(i, j);
            [model[i], model[j]] = [model[j]!, model[i]!];
          } else if (op === "clear") {
            queue.clear();
            model.length = 0;
          }
          if (queue.length !== model.length) throw new Error("another length");
        }
        while (model.length > 0) if (queue.shift() !== model.shift()) throw new Error("another item");
      }),
    );
  });

  it("keeps the order of 100,000 items across its growth and a wrapped head", () => {
    const queue = new ReadyQueue();
    const items = Array.from({ length: 100_000 }, item);
    for (let i = 0; i < 50; i++) queue.push(item());
    for (let i = 0; i < 50; i++) queue.shift();
    for (const each of items) queue.push(each);
    expect(items.every((each) => queue.shift() === each)).toBe(true);
    expect(queue.length).toBe(0);
  });

  it("does not hold what it has given away", () => {
    const queue = new ReadyQueue();
    for (let i = 0; i < 10; i++) queue.push(item());
    for (let i = 0; i < 10; i++) queue.shift();
    expect((queue as unknown as { ring: unknown[] }).ring.filter((each) => each !== undefined)).toEqual([]);
  });

  it("gives its memory back when it is asked to shrink", () => {
    const queue = new ReadyQueue();
    for (let i = 0; i < 200_000; i++) queue.push(item());
    while (queue.length > 0) queue.shift();
    queue.shrink();
    expect((queue as unknown as { ring: unknown[] }).ring.length).toBeLessThan(1000);
    const each = item();
    queue.push(each);
    expect(queue.shift()).toBe(each);
  });
});
