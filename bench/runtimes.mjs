// The JavaScript runtimes to measure on. `node` is always the one that runs this program.
import { spawnSync } from "node:child_process";
import process from "node:process";
import { findRuntimes } from "../tools/runtimes.mjs";

const titles = { node: "Node", node24: "Node", node26: "Node", bun: "Bun", deno: "Deno" };

export const runtimeNames = Object.keys(titles);

/** `{ name, title, command, version }`, or null when this machine does not have it. */
export function findRuntime(name) {
  const command = name === "node" ? process.execPath : findRuntimes().find((runtime) => runtime.name === name)?.path;
  const version = command ? versionOf(command) : null;
  return version === null ? null : { name, command, version, title: `${titles[name]} ${version}` };
}

/** The arguments that run `file`, with `gc()` where a row needs it. */
export function runArguments(name, file) {
  if (name === "bun") return ["run", file];
  if (name === "deno") return ["run", "--quiet", "--allow-all", "--no-lock", "--node-modules-dir=manual", file];
  return ["--expose-gc", "--max-old-space-size=8192", file];
}

function versionOf(command) {
  const { status, stdout } = spawnSync(command, ["--version"], { encoding: "utf8", timeout: 20_000 });
  return status === 0 ? (/\d+\.\d+\.\d+/.exec(stdout)?.[0] ?? null) : null;
}
