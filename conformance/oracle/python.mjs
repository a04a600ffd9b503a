// CPython 3.14 (the npm package `pyodide` carries it) with asyncio on a virtual clock.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

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
const wanted = JSON.parse(readFileSync(join(here, "package.json"), "utf8")).dependencies.pyodide;

export function isInstalled() {
  const installed = join(here, "node_modules", "pyodide", "package.json");
  return existsSync(installed) && JSON.parse(readFileSync(installed, "utf8")).version === wanted;
}

/** Installs the interpreter unless it is there. */
export function install() {
  if (isInstalled()) return;
  console.error(`installing pyodide ${wanted}`);
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  execFileSync(npm, ["ci", "--no-workspaces", "--no-audit", "--no-fund"], { cwd: here, stdio: ["ignore", 2, 2] });
}

/** An interpreter with the virtual loop; `write` gets each line that it prints. */
export async function loadPython(write) {
  const folder = join(here, "node_modules", "pyodide");
  const { loadPyodide } = await import(pathToFileURL(join(folder, "pyodide.mjs")).href);
  // Its own way to find its files fails where source maps are on.
  const python = await loadPyodide({ indexURL: folder, stdout: write, stderr: write });
  python.FS.writeFile("twin.py", readFileSync(join(root, "twin.py"), "utf8"));
  python.runPython(`import sys; sys.path.insert(0, "")`);
  python.runPython(LOOP);
  return python;
}
