// Finds the JavaScript runtimes to measure on: an environment variable first, then what scripts/services installed, then
// PATH. `node` is always the one that runs this program.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

const installed = join(import.meta.dirname, "..", "tools", "runtimes", "node_modules");

const kinds = {
  node: { title: "Node", major: null, names: [] },
  node24: { title: "Node", major: 24, names: ["node24"] },
  node26: { title: "Node", major: 26, names: ["node26"] },
  bun: { title: "Bun", major: null, names: ["bun"] },
  deno: { title: "Deno", major: null, names: ["deno"] },
};

export const runtimeNames = Object.keys(kinds);

/** `{ name, title, command, version }`, or null when this machine does not have it. */
export function findRuntime(name) {
  const kind = kinds[name];
  const fromEnvironment = process.env[name.toUpperCase()];
  const candidates =
    name === "node"
      ? [process.execPath]
      : fromEnvironment !== undefined
        ? [fromEnvironment]
        : [...installedCandidates(name), ...kind.names];
  for (const command of candidates) {
    const version = versionOf(command);
    if (version === null) continue;
    if (kind.major !== null && version.split(".")[0] !== String(kind.major)) continue;
    return { name, command, version, title: `${kind.title} ${version}` };
  }
  return null;
}

/** The arguments that run `file` with `gc()` exposed where the runtime can. */
export function runArguments(name, file) {
  if (name === "bun") return ["run", file];
  if (name === "deno") return ["run", "--quiet", "--allow-all", "--no-lock", "--node-modules-dir=manual", file];
  return ["--expose-gc", "--max-old-space-size=8192", file];
}

function installedCandidates(name) {
  if (!existsSync(installed)) return [];
  const file = name.startsWith("node") ? ["bin", "node"] : name === "bun" ? ["bin", "bun"] : ["deno"];
  return packagesIn(installed)
    .map((folder) => join(folder, ...file))
    .filter((path) => existsSync(path));
}

function packagesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.name.startsWith("@") ? packagesIn(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}

function versionOf(command) {
  const { status, stdout } = spawnSync(command, ["--version"], { encoding: "utf8", timeout: 20_000 });
  return status === 0 ? (/\d+\.\d+\.\d+/.exec(stdout)?.[0] ?? null) : null;
}
