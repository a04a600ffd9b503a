// Runs every program of this folder and compares what it prints with its file in expected/. Most of them sleep for
// seconds; on the virtual clock that costs nothing. A few short ones also run as real processes on the real clock.
import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { format, promisify } from "node:util";
import * as asyncio from "asyncio-ts";
import { useVirtualTime } from "asyncio-ts/testing";
import { describe, expect, it } from "vitest";

/** What happens in other processes takes real time, in any order: this has a test of its own. */
const withChildren = ["./process-supervisor.ts"];
const programs = [...list("./"), ...list("./seeds/")].filter((program) => !withChildren.includes(program));
/** Workers load the examples' modules by their addresses, which is for the real clock, too. */
const withWorkers = [
  "./file-hasher.ts",
  "./mandelbrot.ts",
  "./word-count.ts",
  "./thumbnails.ts",
  "./seeds/001-12-thread-pool.ts",
  "./seeds/001-13-process-pool.ts",
];
const onTheRealClock = [
  "./hello-native.ts",
  "./hello-generator.ts",
  "./echo-streams.ts",
  "./event-driven-server.ts",
  "./seeds/000-14-task-until-complete.ts",
  "./seeds/002-02-call-later.ts",
  ...withWorkers,
];

describe("the examples print what they should", () => {
  for (const program of programs.filter((program) => !withWorkers.includes(program))) {
    it(program, async () => {
      const output = await runOnVirtualClock(program);
      expectOutput(output, program);
    });
  }

  it("every expected output belongs to a program", () => {
    const outputs = ["./", "./seeds/"].flatMap((folder) =>
      readdirSync(new URL(`${folder}expected/`, import.meta.url)).map((file) => folder + file.replace(/txt$/, "ts")),
    );
    expect(outputs.sort()).toEqual([...programs].sort());
  });
});

describe("as processes of their own, on the real clock", () => {
  for (const program of onTheRealClock) {
    it.concurrent(program, { timeout: 60_000 }, async () => {
      const path = fileURLToPath(new URL(program, import.meta.url));
      const { stdout, stderr } = await promisify(execFile)(process.execPath, ["--import", "tsx", path], {
        timeout: 50_000,
      });
      expect(stderr).toBe("");
      expectOutput(stdout, program);
    });
  }
});

function list(folder: string): string[] {
  return readdirSync(new URL(folder, import.meta.url))
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .map((file) => folder + file);
}

async function runOnVirtualClock(program: string): Promise<string> {
  const virtual = useVirtualTime();
  const { log, warn, error } = console;
  let output = "";
  try {
    asyncio.setEventLoop(asyncio.newEventLoop());
    const before = await lastTaskNumber();
    console.log = (...values: unknown[]) => {
      output += `${format(...values)}\n`;
    };
    console.warn = console.error = (...values: unknown[]) => {
      output += `unexpected: ${format(...values)}\n`;
    };
    await import(/* @vite-ignore */ new URL(program, import.meta.url).href);
    // Tasks are numbered per process; a program that runs alone begins with Task-1.
    return output.replace(/\bTask-(\d+)\b/g, (_, number: string) => `Task-${Number(number) - before}`);
  } finally {
    Object.assign(console, { log, warn, error });
    virtual.restore();
  }
}

async function lastTaskNumber(): Promise<number> {
  const loop = asyncio.newEventLoop();
  const name = await loop.runUntilComplete(async () => asyncio.currentTask()?.getName());
  loop.close();
  return Number(name?.replace("Task-", ""));
}

function expectOutput(output: string, program: string): void {
  const expected = readFileSync(new URL(program.replace(/([^/]+)\.ts$/, "expected/$1.txt"), import.meta.url), "utf8");
  const printed = output
    // The tour shows its own source lines behind a bar; they need no second copy in expected/.
    .replace(/^ {2}\|.*\n/gm, "")
    // A test loop is in debug mode, where a task also tells where it was made.
    .replace(/ created at [^\s>]+/g, "");
  if (!pattern(expected).test(printed)) {
    expect(printed).toBe(expected);
  }
}

/** <date>, <time> and <place> stand for what differs from run to run; a place may be missing where nobody noted it. */
function pattern(expected: string): RegExp {
  const escaped = expected.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const varying = escaped
    .replaceAll("<date>", String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`)
    .replaceAll("<time>", String.raw`\d+(?:\.\d)? m?s`)
    .replace(/(, defined)? at <place>/g, "(?:$1 at [^\\s>]+)?")
    // Vite renames a function that hides a constant of its own name: sub becomes sub2.
    .replace(/coro=<(\w+)/g, "coro=<$1\\d?");
  return new RegExp(`^${varying}$`);
}
