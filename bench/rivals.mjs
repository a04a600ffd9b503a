// Installs the rivals on first use, into this folder only, and tells their versions.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

const folder = import.meta.dirname;
const venv = join(folder, ".venv");
const python = process.platform === "win32" ? join(venv, "Scripts", "python.exe") : join(venv, "bin", "python");

const packages = ["effect", "effection", "p-map", "p-limit", "piscina", "tinypool"];

/** By name, those of `packages`, asyncio and uvloop: the version, or null for a rival that this machine cannot run. */
export function installRivals(tell) {
  return { ...installPackages(tell), ...installPython(tell) };
}

export function pythonCommand() {
  return python;
}

function installPackages(tell) {
  if (packages.some((name) => pinned(name) !== installedVersion(name))) {
    tell(`installing ${packages.join(", ")}`);
    const result = spawnSync("npm", ["ci", "--no-audit", "--no-fund"], {
      cwd: folder,
      encoding: "utf8",
      shell: process.platform === "win32",
    });
    if (result.status !== 0) tell(`they are skipped: npm ci failed\n${result.stderr ?? result.error}`);
  }
  return Object.fromEntries(packages.map((name) => [name, installedVersion(name)]));
}

function pinned(name) {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).dependencies[name];
}

function installedVersion(name) {
  const file = join(folder, "node_modules", name, "package.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).version : null;
}

function installPython(tell) {
  if (pythonVersions().uvloop === null) {
    const found = spawnSync("python3", ["-c", "import sys; sys.exit(sys.version_info < (3, 11))"]);
    if (found.status !== 0) {
      tell("asyncio and uvloop skipped: they need python3 3.11 or newer");
      return { asyncio: null, uvloop: null };
    }
    tell("installing uvloop");
    const made = spawnSync("python3", ["-m", "venv", venv], { encoding: "utf8" });
    const filled = spawnSync(python, ["-m", "pip", "install", "--quiet", "-r", join(folder, "requirements.txt")], {
      encoding: "utf8",
    });
    if (made.status !== 0) tell("asyncio and uvloop skipped: python3 -m venv failed");
    else if (filled.status !== 0) tell("uvloop skipped: pip install failed");
  }
  return pythonVersions();
}

function pythonVersions() {
  const version = (code) => {
    if (!existsSync(python)) return null;
    const { status, stdout } = spawnSync(python, ["-c", code], { encoding: "utf8" });
    return status === 0 ? stdout.trim() : null;
  };
  return {
    asyncio: version("import platform; print(platform.python_version())"),
    uvloop: version("import uvloop; print(uvloop.__version__)"),
  };
}
