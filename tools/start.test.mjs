import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { execute, root } from "./setup.mjs";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "asyncio-ts-start-")));
const start = (...args) =>
  execute(process.execPath, [join(root, "tools/start.mjs"), ...args], { env: { ...process.env, INIT_CWD: folder } });

beforeAll(() => {
  mkdirSync(join(folder, "lib"));
  writeFileSync(
    join(folder, "lib/help.ts"),
    `export enum Size { Big = 3 }
interface Options { text: string }

export function fail({ text }: Options): never {
  throw new RangeError(text, { cause: new Error("the cause") });
}
`,
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("npm start", () => {
  it("runs a TypeScript program that lies in a folder without package.json", async () => {
    writeFileSync(
      join(folder, "program.ts"),
      `import { run, sleep } from "asyncio-ts";
import { Size } from "./lib/help.js";

await run(async () => {
  await sleep(0);
  console.log("size", Size.Big as number, process.argv.slice(2));
});
`,
    );
    const { code, output, errors } = await start("program.ts", "a", "--b");
    expect({ code, output, errors }).toEqual({ code: 0, output: "size 3 [ 'a', '--b' ]\n", errors: "" });
  });

  it("shows an error with the program's own lines only, and exits 1", async () => {
    writeFileSync(
      join(folder, "throws.ts"),
      `import { run, sleep } from "asyncio-ts";
import { fail } from "./lib/help.ts";

type Unused = string;
await run(async function main() {
  await sleep(0);
  fail({ text: "boom" });
});
`,
    );
    const { code, errors } = await start("throws.ts");
    expect(code).toBe(1);
    expect(errors).toContain(
      `lib/help.ts:5\n  throw new RangeError(text, { cause: new Error("the cause") });\n        ^\n`,
    );
    expect(errors).toContain(`RangeError: boom\n    at fail (${join(folder, "lib/help.ts")}:5:9)\n`);
    expect(errors).toMatch(/at .*main.*throws\.ts:7:3/);
    expect(errors).toContain("[cause]: Error: the cause");
    const frames = errors.split("\n").filter((line) => /^\s+at /.test(line));
    expect(frames.filter((line) => !line.includes(folder))).toEqual([]);
  });

  it("names the place of a syntax error", async () => {
    writeFileSync(join(folder, "syntax.ts"), "const a: = 3;\n");
    const { code, errors } = await start("syntax.ts");
    expect(code).toBe(1);
    expect(errors).toBe('syntax.ts:1\nconst a: = 3;\n         ^\n\nSyntaxError: Unexpected "="\n');
  });

  it("leaves the last word to a program that listens for its errors", async () => {
    writeFileSync(
      join(folder, "listens.ts"),
      `process.on("uncaughtException", (error: Error) => console.log("caught", error.message));
setTimeout(() => { throw new Error("late"); });
`,
    );
    expect(await start("listens.ts")).toMatchObject({ code: 0, output: "caught late\n", errors: "" });
  });

  it("passes on the program's exit code", async () => {
    writeFileSync(join(folder, "exits.ts"), "process.exitCode = 7 satisfies number;\n");
    expect(await start("exits.ts")).toMatchObject({ code: 7 });
  });

  it("says in one line that a file is missing", async () => {
    const { code, errors } = await start("missing.ts");
    expect({ code, errors }).toEqual({ code: 1, errors: "npm start: there is no file missing.ts\n" });
  });
});
