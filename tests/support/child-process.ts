// Runs a program that uses the compiled package in a process of its own, on the runtime that runs the tests.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProgramOptions {
  /** Flags of Node; Bun and Deno get the ones they know. */
  readonly flags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Signals to send, each as soon as the text stands in the program's output. */
  readonly signals?: readonly (readonly [text: string, signal: NodeJS.Signals])[];
  /** The program's file name, without folder. */
  readonly name?: string;
}

const versions = process.versions as Readonly<Record<string, string | undefined>>;
export const onBun: boolean = versions["bun"] !== undefined;
export const onDeno: boolean = versions["deno"] !== undefined;
export const onNode: boolean = !onBun && !onDeno;

/** Runs an ES module's text; `"asyncio-ts"` and its subpaths in it mean the compiled package in `package_`. */
export async function runProgram(source: string, package_: URL, options: ProgramOptions = {}): Promise<Ended> {
  const folder = mkdtempSync(join(tmpdir(), "asyncio-ts-"));
  const file = join(folder, options.name ?? "program.mjs");
  const text = source
    .replaceAll('"asyncio-ts"', JSON.stringify(new URL("dist/index.js", package_).href))
    .replace(/"asyncio-ts\/(\w+)"/g, (_, sub: string) =>
      JSON.stringify(new URL(`dist/${sub}/index.js`, package_).href),
    );
  writeFileSync(file, text);
  try {
    return await runFile(file, options);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function runFile(file: string, { flags = [], env = {}, signals = [] }: ProgramOptions): Promise<Ended> {
  const child = spawn(process.execPath, [...runtimeArguments(flags), file], {
    env: { ...process.env, NODE_OPTIONS: "", FORCE_COLOR: undefined, NO_COLOR: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { stdout: "", stderr: "" };
  const waiting = [...signals];
  const collect = (name: "stdout" | "stderr") => (chunk: string) => {
    output[name] += chunk;
    // Deno's child.kill() works once and hides the exit code.
    while (waiting.length > 0 && output.stdout.includes(waiting[0]![0])) process.kill(child.pid!, waiting.shift()![1]);
  };
  child.stdout.setEncoding("utf8").on("data", collect("stdout"));
  child.stderr.setEncoding("utf8").on("data", collect("stderr"));
  return new Promise((resolve, reject) => {
    const deadline = setTimeout(() => child.kill("SIGKILL"), 15_000);
    child.once("error", reject);
    child.once("close", (code, signal) => {
      clearTimeout(deadline);
      resolve({ code, signal, ...output });
    });
  });
}

function runtimeArguments(flags: readonly string[]): string[] {
  if (onDeno) {
    return ["run", "--quiet", "--allow-all", ...(flags.includes("--expose-gc") ? ["--v8-flags=--expose-gc"] : [])];
  }
  return onBun ? flags.filter((flag) => flag === "--expose-gc") : [...flags];
}
