// Where the JavaScript runtimes are, and how each runs a program.

import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { root } from "./setup.mjs";

const installed = join(root, "tools/runtimes/node_modules");
const machine = `${process.platform}-${process.arch}`;
const bunMachine = machine.replace("arm64", "aarch64");
const expose = ["--expose-gc", "--enable-source-maps"];

/**
 * @typedef {object} Runtime
 * @property {string} name
 * @property {string | null} path null when it is not on this machine
 * @property {string[]} args what goes before the program's path
 */

/** The node that runs this, then every other runtime, found or not. */
export function findRuntimes() {
  const own = `node${process.versions.node.split(".")[0]}`;
  const nodes = ["node24", "node26"].filter((name) => name !== own);
  return [
    { name: own, path: process.execPath, args: expose },
    ...nodes.map((name) => ({ name, path: file(`${name}-${machine}/bin/node`), args: expose })),
    { name: "bun", path: file(`@oven/bun-${bunMachine}/bin/bun`) ?? onPath("bun"), args: ["--expose-gc"] },
    {
      name: "deno",
      path: file(`@deno/${machine}-glibc/deno`) ?? onPath("deno"),
      args: ["run", "--quiet", "--allow-all", "--v8-flags=--expose-gc"],
    },
  ];
}

export function findChromium() {
  return onPath("chromium") ?? onPath("chromium-browser") ?? onPath("google-chrome");
}

export function findPython() {
  const python = onPath("python3");
  if (python === null) return null;
  try {
    execFileSync(python, ["--version"], { stdio: "ignore" });
    return python;
  } catch {
    return null;
  }
}

export const howToInstall = "scripts/services installs it";

function file(path) {
  const full = join(installed, path);
  return existsSync(full) ? full : null;
}

function onPath(command) {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    const path = join(folder, command);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}
