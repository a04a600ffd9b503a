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
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { programs, renderManifest } from "./manifest.mjs";

const LOOP = `
import asyncio, asyncio.events, selectors

class _Idle(selectors._BaseSelectorImpl):
    def __init__(self, loop):
        super().__init__()
        self._loop = loop
    def select(self, timeout=None):
        if timeout is None:
            raise RuntimeError("deadlock: nothing is ready and no timer is set")
        if timeout > 0:
            self._loop._now += timeout
        return []

class VirtualLoop(asyncio.BaseEventLoop):
    def __init__(self):
        super().__init__()
        self._now = 0.0
        self._selector = _Idle(self)
    def time(self):
        return self._now
    def _process_events(self, event_list):
        pass
    def _write_to_self(self):
        pass

asyncio.new_event_loop = asyncio.events.new_event_loop = VirtualLoop

def run_program(source):
    import gc
    asyncio.events._set_running_loop(None)
    asyncio.set_event_loop(None)
    namespace = {"__name__": "__main__"}
    exec(compile(source, "program.py", "exec"), namespace)
    # What a program leaves to the garbage collector is reported in its own output, not in the next one's.
    namespace.clear()
    gc.collect()
`;

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);

function install() {
  const installed = join(here, "node_modules", "pyodide", "package.json");
  const wanted = JSON.parse(readFileSync(join(here, "package.json"), "utf8")).dependencies.pyodide;
  if (existsSync(installed) && JSON.parse(readFileSync(installed, "utf8")).version === wanted) return;
  console.error(`installing pyodide ${wanted}`);
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  execFileSync(npm, ["ci", "--no-workspaces", "--no-audit", "--no-fund"], { cwd: here, stdio: ["ignore", 2, 2] });
}

async function loadPython(write) {
  install();
  const { loadPyodide } = await import(pathToFileURL(join(here, "node_modules", "pyodide", "pyodide.mjs")).href);
  const python = await loadPyodide({ stdout: write, stderr: write });
  python.FS.writeFile("twin.py", readFileSync(join(root, "twin.py"), "utf8"));
  python.runPython(`import sys; sys.path.insert(0, "")`);
  python.runPython(LOOP);
  return python;
}

const args = process.argv.slice(2);
const check = args.includes("--check");
const named = args.filter((argument) => argument !== "--check").map((file) => resolve(file));
const files = named.length > 0 ? named : programs(root).map((name) => join(root, `${name}.py`));

let out = "";
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
