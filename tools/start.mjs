// npm start                          the guided tour
// npm start -- program.ts [args…]    a TypeScript (or JavaScript) program anywhere on the disk

import { spawn } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureBuilt, ensureInstalled, root } from "./setup.mjs";

const [name, ...args] = process.argv.slice(2);
// npm moves to the project's folder; a path was typed where the user is.
const home = process.env.INIT_CWD ?? process.cwd();
const program = name === undefined ? join(root, "examples/tour.ts") : resolve(home, name);

if (!existsSync(program) || !statSync(program).isFile()) {
  console.error(`npm start: there is no file ${name ?? program}`);
  process.exit(1);
}
try {
  await ensureInstalled();
  await ensureBuilt();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

const preload = pathToFileURL(join(root, "tools/program/preload.mjs")).href;
const child = spawn(process.execPath, ["--enable-source-maps", "--import", preload, program, ...args], {
  cwd: home,
  // A small program's mistakes are reported with their lines; a large one is not slowed down.
  env: { ASYNCIO_TS_PLACES: "1000", ...process.env },
  stdio: "inherit",
});
// The terminal sends Ctrl-C to the program as well: it decides what follows, and we wait for it.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => child.kill("SIGTERM"));
child.once("exit", (code, signal) => {
  if (signal === null) process.exit(code);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
});
