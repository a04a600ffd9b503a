// Random programs do on asyncio-ts, in generators, in native code and in both, exactly what they do on CPython. Needs
// the oracle (`npm run oracle` installs it).
//
//   FUZZ_FROM=20000 FUZZ_COUNT=10000 npm run test:long     other seeds than the first
import { expect, it } from "vitest";
import { isInstalled, startCPython } from "./cpython.ts";
import { generate } from "./generate.ts";
import { interpret, type Mode } from "./interpreter.ts";
import type { Program } from "./program.ts";
import { shrink } from "./shrink.ts";

const FIRST = Number(process.env["FUZZ_FROM"] ?? 1);
const COUNT = Number(process.env["FUZZ_COUNT"] ?? 3000);
const BATCH = 100;
const MOST_FAILURES = 20;

interface Failure {
  readonly program: Program;
  readonly mode: Mode;
}

// Eager tasks in native code cannot be done at once, as Python's may: that is a documented limit.
it.skipIf(!isInstalled()).each<[string, boolean, readonly Mode[]]>([
  ["in all kinds of coroutine", false, ["generator", "native", "mixed"]],
  ["with eager tasks, in generators", true, ["generator"]],
])("random programs do what they do on CPython, %s", async (_, eager, modes) => {
  const answer = await startCPython();
  const failures: Failure[] = [];
  for (let from = FIRST; from < FIRST + COUNT && failures.length < MOST_FAILURES; from += BATCH) {
    const programs = Array.from({ length: Math.min(BATCH, FIRST + COUNT - from) }, (_, i) =>
      generate(from + i, { eager }),
    );
    const expected = answer(programs);
    for (const [i, program] of programs.entries()) {
      for (const mode of modes) {
        if (!same(await interpret(program, mode), expected[i]!)) failures.push({ program, mode });
      }
    }
  }
  if (failures.length === 0) return;

  const bySize = failures.sort((a, b) => JSON.stringify(a.program).length - JSON.stringify(b.program).length);
  const { program, mode } = bySize[0]!;
  const differs = async (small: Program): Promise<boolean> => !same(await interpret(small, mode), answer([small])[0]!);
  const smallest = await shrink(program, differs);
  console.error(`failed: ${bySize.map((each) => `${each.program.seed} (${each.mode})`).join(", ")}`);
  console.error(`seed ${program.seed}, shrunk: ${JSON.stringify(smallest.main.block.body)}`);
  expect(await interpret(smallest, mode)).toEqual(answer([smallest])[0]);
});

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, i) => line === b[i]);
}
