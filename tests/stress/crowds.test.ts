// Many who wait at once: what is done for each does not depend on how many there are.
import { describe, expect, it } from "vitest";
import { countHandles, crowds, endings } from "./crowds.ts";

describe.each(Object.keys(crowds))("a crowd at %s", (name) => {
  it.each(endings)("%s", { timeout: 60_000 }, async (ending) => {
    const few = await countHandles(name, ending, 100);
    const many = await countHandles(name, ending, 1000);
    // A handful of handles each, whatever their number; what all share is in both counts.
    expect((many - few) / 900).toBeLessThan(12);
    expect(many - few).toBeLessThan(1.2 * 9 * few);
  });
});
