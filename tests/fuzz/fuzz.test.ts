// Random programs do what they do on CPython: the first seeds, with recorded answers. `fuzz.long.test.ts` runs more.
import { describe, expect, it } from "vitest";
import { answers, eagerAnswers } from "./answers.ts";
import { generate } from "./generate.ts";
import { interpret, type Mode } from "./interpreter.ts";
import { shrink } from "./shrink.ts";

// Browsers have no AsyncLocalStorage: there native code may be taken for another task's.
const modes: readonly Mode[] = "document" in globalThis ? ["generator"] : ["generator", "native", "mixed"];

describe("random programs do what they do on CPython", () => {
  it.each(modes)("%s", async (mode) => {
    for (const [i, expected] of answers.entries()) {
      const log = await interpret(generate(i + 1), mode);
      expect(`seed ${i + 1}\n${log.join("\n")}`).toBe(`seed ${i + 1}\n${expected}`);
    }
  });

  it("generator, with eager tasks", async () => {
    for (const [i, expected] of eagerAnswers.entries()) {
      const log = await interpret(generate(i + 1, { eager: true }), "generator");
      expect(`seed ${i + 1}\n${log.join("\n")}`).toBe(`seed ${i + 1}\n${expected}`);
    }
  });
});

describe("shrink", () => {
  it("leaves what a failure needs", async () => {
    const needs = async (text: string): Promise<boolean> => text.includes('"task group"') && text.includes('"gather"');
    let seed = 1;
    while (!(await needs(JSON.stringify(generate(seed))))) seed++;
    const smallest = await shrink(generate(seed), (program) => needs(JSON.stringify(program)));
    const text = JSON.stringify(smallest);
    expect(await needs(text)).toBe(true);
    expect(text.match(/"do":/g)!.length).toBeLessThan(5);
  });
});
