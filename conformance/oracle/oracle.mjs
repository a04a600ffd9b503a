#!/usr/bin/env node
// Runs the conformance programs on CPython 3.14 (the npm package `pyodide` carries it) with asyncio on a virtual
// clock and records what they print: the specification of their TypeScript twins.
//
//   node conformance/oracle/oracle.mjs                  record every conformance/**/*.py to the .out beside it
//   node conformance/oracle/oracle.mjs a.py b.py        record only these
//   node conformance/oracle/oracle.mjs --check [files]  compare with the recorded output, exit 1 on a difference
//
// Sleeping costs no time: when nothing is ready the loop's clock jumps to the next timer. A program that waits for
// something that cannot happen fails with "deadlock". Sockets, processes and threads do not exist here.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { programs, renderManifest } from "./manifest.mjs";
import { install, loadPython } from "./python.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const args = process.argv.slice(2);
const check = args.includes("--check");
const named = args.filter((argument) => argument !== "--check").map((file) => resolve(file));
const files = named.length > 0 ? named : programs(root).map((name) => join(root, `${name}.py`));

let out = "";
install();
const python = await loadPython((line) => (out += `${line}\n`));
const runProgram = python.globals.get("run_program");
let failed = 0;

for (const file of files) {
  const recorded = file.replace(/\.py$/, ".out");
  const name = relative(process.cwd(), file);
  out = "";
  try {
    runProgram(readFileSync(file, "utf8"));
  } catch (error) {
    failed += 1;
    console.error(`${name}: the program failed\n${out}${error?.message ?? error}`);
    continue;
  }
  if (!check) {
    writeFileSync(recorded, out);
  } else if (!existsSync(recorded) || readFileSync(recorded, "utf8") !== out) {
    failed += 1;
    console.error(`${name}: prints something else than was recorded:\n${out}`);
  }
}

const manifest = join(root, "manifest.ts");
const rendered = renderManifest(root);
if (!check) {
  writeFileSync(manifest, rendered);
} else if (!existsSync(manifest) || readFileSync(manifest, "utf8") !== rendered) {
  failed += 1;
  console.error("manifest.ts is not current");
}

console.log(`${files.length - failed} of ${files.length} programs ${check ? "agree" : "recorded"}`);
process.exitCode = failed > 0 ? 1 : 0;
