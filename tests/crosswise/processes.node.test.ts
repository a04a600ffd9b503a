// The same programs with child processes print the same in Python and here, in code of both kinds.
import { execFile, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { run } from "asyncio-ts";
import { beforeAll, describe, expect, it } from "vitest";
import { bodyOf, type Script } from "../support/both-kinds.ts";
import { programs, type Show } from "./processes.ts";

const pythonIsHere = spawnSync("python3", ["--version"]).status === 0;
if (!pythonIsHere) console.log("processes: python3 is not here: the comparison with it is skipped");

describe.skipIf(!pythonIsHere).each(["generator", "native"])("children of %s code do what Python's do", (kind) => {
  let expected: Record<string, string[]>;

  beforeAll(async () => {
    const path = fileURLToPath(new URL("processes.py", import.meta.url));
    const { stdout } = await promisify(execFile)("python3", [path], { timeout: 60_000 });
    expected = JSON.parse(stdout);
    expect(Object.keys(expected)).toEqual(Object.keys(programs));
  }, 60_000);

  for (const [name, program] of Object.entries(programs)) {
    it(name, async () => {
      const lines: string[] = [];
      const show = (...values: unknown[]): void =>
        void lines.push(values.map((each) => JSON.stringify(each)).join(" "));
      const body = bodyOf(kind, program as Script<[Show], void>);
      await run(() => body(show));
      expect(lines).toEqual(expected[name]);
    });
  }
});
