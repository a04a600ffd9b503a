// Brings a clone to the point where its programs run: dependencies as the lock says, the package compiled.
// Runs before anything is installed, so it uses node's own modules only.

import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/, "");

/** `npm ci`, when what is installed differs from package-lock.json. Returns whether it had to. */
export async function ensureInstalled(folder = root) {
  if (isInstalled(folder)) return false;
  await runQuietly("npm", ["ci", "--no-audit", "--no-fund"], { cwd: folder, deadline: 600 });
  return true;
}

/** Compiles packages/asyncio when a source is newer than the last build. */
export async function ensureBuilt() {
  const folder = join(root, "packages/asyncio");
  const built = modified(join(folder, "dist/.tsbuildinfo"));
  const changed = Math.max(
    newest(join(folder, "src")),
    modified(join(folder, "tsconfig.json")),
    modified(join(root, "tsconfig.base.json")),
  );
  if (built > changed) return false;
  await runQuietly(process.execPath, [bin("typescript", "bin/tsc"), "-b", "packages/asyncio"], { deadline: 300 });
  return true;
}

/** Runs a command to its end and returns what it printed; throws a `CommandError` when it fails or is too slow. */
export async function runQuietly(command, args, options = {}) {
  const result = await execute(command, args, options);
  if (result.code !== 0) throw new CommandError([command, ...args].join(" "), result);
  return result.output;
}

/**
 * Runs a command without input and collects its output. A child that outlives `deadline` (seconds) is killed with all
 * its own children.
 */
export function execute(command, args, { cwd = root, env = process.env, deadline = 120 } = {}) {
  return new Promise((resolve) => {
    const group = process.platform !== "win32";
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], detached: group, shell: !group });
    let output = "";
    let errors = "";
    let late = false;
    const kill = () => {
      try {
        if (group) process.kill(-child.pid, "SIGKILL");
        else child.kill("SIGKILL");
      } catch {
        // It has ended by itself.
      }
    };
    const timer = setTimeout(() => {
      late = true;
      kill();
    }, deadline * 1000);
    const release = killAtExit(kill);
    child.stdout.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text) => {
      errors += text;
    });
    const finish = (code) => {
      clearTimeout(timer);
      release();
      if (late) errors += `\nstill running after ${deadline} s, killed\n`;
      resolve({ code: late ? 124 : (code ?? 1), output, errors });
    };
    child.once("error", (error) => {
      errors += `${error.message}\n`;
      finish(127);
    });
    child.once("close", finish);
  });
}

const kills = new Set();

/** Has `kill` called when this process ends, by Ctrl-C too: children have process groups of their own. */
export function killAtExit(kill) {
  if (kills.size === 0) {
    process.on("exit", killAll);
    for (const signal of endings) process.on(signal, end);
  }
  kills.add(kill);
  return () => {
    kills.delete(kill);
    if (kills.size > 0) return;
    process.off("exit", killAll);
    for (const signal of endings) process.off(signal, end);
  };
}

const endings = ["SIGINT", "SIGTERM", "SIGHUP"];

function killAll() {
  for (const kill of kills) kill();
}

function end(_, number) {
  process.exit(128 + number);
}

export class CommandError extends Error {
  constructor(command, { code, output, errors }) {
    super(`${command} failed (exit code ${code})\n${output}${errors}`.trimEnd());
    this.name = "CommandError";
    this.stack = this.message;
  }
}

/** The script behind a dependency's command, to be run by this node without a shell. */
export function bin(name, script) {
  return join(root, "node_modules", name, script);
}

/** Every entry of the lock that this machine can have is installed in the locked version. */
function isInstalled(folder) {
  const installed = packagesOf(join(folder, "node_modules/.package-lock.json"));
  if (installed === null) return false;
  const locked = packagesOf(join(folder, "package-lock.json")) ?? {};
  return Object.entries(locked).every(
    ([path, entry]) =>
      !path.startsWith("node_modules/") ||
      (path in installed ? installed[path].version === entry.version : entry.optional === true),
  );
}

/** The files below a folder whose path matches, with forward slashes and relative to `base`, sorted. */
export function listFiles(folder, pattern, base = root) {
  if (!existsSync(folder)) return [];
  const found = readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return /^(node_modules|dist|\..+)$/.test(entry.name) ? [] : listFiles(path, pattern, base);
    const name = relative(base, path).split(sep).join("/");
    return pattern.test(name) ? [name] : [];
  });
  return found.sort();
}

function packagesOf(lock) {
  return existsSync(lock) ? (JSON.parse(readFileSync(lock, "utf8")).packages ?? {}) : null;
}

function modified(file) {
  return existsSync(file) ? statSync(file).mtimeMs : 0;
}

function newest(folder) {
  if (!existsSync(folder)) return 0;
  // A folder's own time tells of files that were removed or renamed.
  let time = modified(folder);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    time = Math.max(time, entry.isDirectory() ? newest(path) : modified(path));
  }
  return time;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2] === "--installed" ? process.argv[3] : undefined;
  if (folder !== undefined) {
    console.log(isInstalled(join(root, folder)) ? "yes" : "no");
    process.exit();
  }
  try {
    await ensureInstalled();
    await ensureBuilt();
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
