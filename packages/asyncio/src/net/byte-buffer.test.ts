import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ByteBuffer } from "./byte-buffer.ts";
import { asBuffer } from "./bytes.ts";

const decoder = new TextDecoder("latin1");
const words = (size: number, seed: number): string =>
  Array.from({ length: size }, (_, at) => String.fromCharCode(97 + ((at * 7 + seed) % 26))).join("");

describe("ByteBuffer", () => {
  it("gives bytes in the order in which they came, and never writes what it has given", () => {
    const operation = fc.oneof(
      fc.record({ append: fc.oneof(fc.nat({ max: 30 }), fc.constantFrom(1023, 1024, 3000)) }),
      fc.record({ take: fc.nat({ max: 2500 }) }),
      fc.record({ prepend: fc.nat({ max: 20 }) }),
      fc.record({ moveBehind: fc.nat({ max: 20 }) }),
    );
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 60 }), (operations) => {
        const buffer = new ByteBuffer();
        let model = "";
        const given: [bytes: Uint8Array, text: string][] = [];
        let seed = 0;
        const other = (size: number): [ByteBuffer, string] => {
          const content = words(size, seed++);
          const made = new ByteBuffer();
          for (const letter of content) made.append(asBuffer(letter));
          return [made, content];
        };
        for (const each of operations) {
          if ("append" in each) {
            const content = words(each.append, seed++);
            if (content !== "") buffer.append(asBuffer(content));
            model += content;
          } else if ("take" in each) {
            const count = Math.min(each.take, model.length);
            given.push([buffer.take(count), model.slice(0, count)]);
            model = model.slice(count);
          } else if ("prepend" in each) {
            const [made, content] = other(each.prepend);
            buffer.prependAll(made);
            expect(made.length).toBe(0);
            model = content + model;
          } else {
            const [made, content] = other(each.moveBehind);
            buffer.appendAll(made);
            model += content;
          }
          expect(buffer.length).toBe(model.length);
        }
        given.push([buffer.takeAll(), model]);
        for (const [bytes, content] of given) expect(decoder.decode(bytes)).toBe(content);
      }),
      { seed: 11, numRuns: 500 },
    );
  });

  it("gives views of a piece, and pieces as they are", () => {
    const buffer = new ByteBuffer();
    const piece = asBuffer("hello world");
    buffer.append(piece);
    expect(buffer.take(5).buffer).toBe(piece.buffer);
    buffer.takeAll();
    buffer.append(piece);
    expect(buffer.takeAll()).toBe(piece);
  });

  it("gathers small pieces, so that a chunk is not made for each", () => {
    const buffer = new ByteBuffer();
    for (let i = 0; i < 100_000; i++) buffer.append(asBuffer("x"));
    let chunks = 0;
    for (let chunk = buffer.first; chunk !== null; chunk = chunk.next) chunks++;
    expect(chunks).toBeLessThan(20);
    expect(buffer.takeAll().length).toBe(100_000);
  });

  it("takes nothing from nothing", () => {
    const buffer = new ByteBuffer();
    expect(buffer.take(0).length).toBe(0);
    expect(buffer.takeAll().length).toBe(0);
    buffer.clear();
    expect(buffer.length).toBe(0);
  });
});
