import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ByteBuffer } from "./byte-buffer.ts";
import { asBuffer } from "./bytes.ts";
import { SeparatorSearch } from "./separator-search.ts";

const text = (longest: number, shortest = 0) =>
  fc.string({ unit: fc.constantFrom("a", "b", "\n"), minLength: shortest, maxLength: longest });

/** The separator that ends first; of those that end together the shortest. */
function naive(data: string, separators: readonly string[]): [start: number, end: number] | null {
  let best: [number, number] | null = null;
  for (const separator of [...separators].sort((a, b) => a.length - b.length)) {
    const start = data.indexOf(separator);
    if (start >= 0 && (best === null || start + separator.length < best[1])) best = [start, start + separator.length];
  }
  return best;
}

describe("SeparatorSearch", () => {
  it("finds what a search of all that has come finds, after each piece", () => {
    fc.assert(
      fc.property(
        fc.array(text(5)),
        fc.array(text(4, 1), { minLength: 1, maxLength: 3 }),
        text(6),
        (pieces, separators, before) => {
          const buffer = new ByteBuffer();
          const search = new SeparatorSearch(separators.map(asBuffer));
          // Something was read before, so that the first piece does not begin at its memory's begin.
          if (before !== "") {
            buffer.append(asBuffer(`${before}a`));
            buffer.take(before.length);
          }
          let all = before === "" ? "" : "a";
          for (const piece of ["", ...pieces]) {
            if (piece !== "") buffer.append(asBuffer(piece));
            all += piece;
            const expected = naive(all, separators);
            expect(search.find(buffer)).toBe(expected !== null);
            if (expected === null) continue;
            expect([search.start, search.end]).toEqual(expected);
            return;
          }
        },
      ),
      { seed: 7, numRuns: 2000 },
    );
  });

  it("begins anew when bytes have left the buffer", () => {
    const buffer = new ByteBuffer();
    const search = new SeparatorSearch([asBuffer("ab")]);
    buffer.append(asBuffer("xxa"));
    expect(search.find(buffer)).toBe(false);
    buffer.take(3);
    buffer.append(asBuffer("b-ab"));
    expect(search.find(buffer)).toBe(true);
    expect([search.start, search.end]).toEqual([2, 4]);
  });

  it("looks at each byte once, however small the pieces are", () => {
    const buffer = new ByteBuffer();
    const searches = ["\n", "xy\r\n"].map((separator) => new SeparatorSearch([asBuffer(separator)]));
    const piece = asBuffer("x");
    // A search from the start after each piece would look at 90,000,000,000 bytes.
    for (let i = 0; i < 300_000; i++) {
      buffer.append(piece);
      for (const search of searches) if (search.find(buffer)) throw new Error("found what is not there");
    }
    buffer.append(asBuffer("y\r\n"));
    expect(searches.map((search) => search.find(buffer) && search.end)).toEqual([300_003, 300_003]);
  });

  it("does not find what stands in the memory behind the content", () => {
    const buffer = new ByteBuffer();
    buffer.append(asBuffer("x"));
    buffer.append(asBuffer("y"));
    const block = buffer.first!.next!;
    expect(block.bytes.length).toBeGreaterThan(block.end);
    block.bytes.fill(10, block.end);
    expect(new SeparatorSearch([asBuffer("\n")]).find(buffer)).toBe(false);
  });
});
