import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ChunkQueue } from "./chunk-queue.ts";

const bytes = (...values: number[]): Uint8Array => new Uint8Array(values);

describe("ChunkQueue", () => {
  it("gives the pieces in order, whole or in parts", () => {
    const queue = new ChunkQueue();
    queue.push(bytes(1, 2, 3));
    queue.push(bytes(4));
    queue.push(bytes(5, 6));
    expect(queue.size).toBe(6);
    queue.consume(2);
    expect([queue.size, ...queue.peek()!]).toEqual([4, 3]);
    queue.consume(1);
    expect([...queue.shift()!]).toEqual([4]);
    expect([...queue.shift()!]).toEqual([5, 6]);
    expect([queue.shift(), queue.peek(), queue.isEmpty, queue.size]).toEqual([null, null, true, 0]);
  });

  it("can be cleared and filled again", () => {
    const queue = new ChunkQueue();
    queue.push(bytes(1));
    queue.push(bytes(2));
    queue.clear();
    expect([queue.isEmpty, queue.size]).toEqual([true, 0]);
    queue.push(bytes(3));
    expect([...queue.shift()!, queue.size]).toEqual([3, 0]);
  });

  it("is what a list of bytes is", () => {
    const step = fc.oneof(
      fc.record({ push: fc.integer({ min: 1, max: 5 }) }),
      fc.constant({ shift: true } as const),
      fc.record({ consume: fc.double({ min: 0.01, max: 1, noNaN: true }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const queue = new ChunkQueue();
        const model: number[] = [];
        const taken: number[] = [];
        let next = 0;
        for (const each of steps) {
          if ("push" in each) {
            const chunk = Array.from({ length: each.push }, () => next++ % 256);
            queue.push(bytes(...chunk));
            model.push(...chunk);
          } else if ("shift" in each) {
            const chunk = queue.shift() ?? bytes();
            taken.push(...chunk);
            expect([...chunk]).toEqual(model.splice(0, chunk.length));
          } else if (!queue.isEmpty) {
            const first = queue.peek()!;
            const count = Math.max(1, Math.round(first.length * each.consume));
            expect([...first.subarray(0, count)]).toEqual(model.splice(0, count));
            queue.consume(count);
          }
          expect([queue.size, queue.isEmpty]).toEqual([model.length, model.length === 0]);
        }
      }),
    );
  });

  it("takes linear time for many pieces", () => {
    const queue = new ChunkQueue();
    for (let i = 0; i < 200_000; i++) queue.push(bytes(i & 255));
    let sum = 0;
    for (let chunk = queue.shift(); chunk !== null; chunk = queue.shift()) sum += chunk[0]!;
    expect(sum).toBe(Array.from({ length: 200_000 }, (_, i) => i & 255).reduce((a, b) => a + b));
  });
});
