// npm run bench: asyncio-ts and its rivals side by side, as a Markdown page.
//   --only row,row       these rows (ids in rows.mjs)
//   --runtimes a,b       node (the one running this), node24, node26, bun, deno; all that are found by default
//   --quick              short windows and few rounds, for a look
//   --write              write docs/benchmarks.md too
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import os from "node:os";
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { measureAll } from "./measurements.mjs";
import { report } from "./report.mjs";
import { installRivals } from "./rivals.mjs";
import { rows } from "./rows.mjs";
import { findRuntime, runtimeNames } from "./runtimes.mjs";

const root = join(import.meta.dirname, "..");
const tell = (line) => console.error(line);

const options = parseOptions();
build();
const rivals = installRivals(tell);
const runtimes = findRuntimes();
const skipped = [];
const plan = makePlan();
const began = Date.now();
const results = await measureAll(plan, runtimes, tell);
const page = report(plan, results, {
  date: new Date().toISOString().slice(0, 10),
  commit: commit(),
  machine: `${os.cpus().length} cores, ${os.platform()} ${os.arch()}`,
  versions: [
    ...Object.values(runtimes).map(({ title }) => splitLast(title)),
    ...[
      ["CPython", rivals.asyncio],
      ["uvloop", rivals.uvloop],
      ["Effect", rivals.effect],
      ["Effection", rivals.effection],
      ["p-map", rivals["p-map"]],
      ["p-limit", rivals["p-limit"]],
    ].filter(([, version]) => version !== null),
  ],
  runtimes,
  quick: options.quick,
  skipped: [...new Set(skipped)],
});
console.log(page);
tell(`measured in ${Math.round((Date.now() - began) / 1000)} s`);
if (options.write) {
  mkdirSync(join(root, "docs"), { recursive: true });
  writeFileSync(join(root, "docs", "benchmarks.md"), `${page}\n`);
  tell("wrote docs/benchmarks.md");
}
if (
  Object.values(results).some((byContestant) => Object.values(byContestant).some((outcome) => outcome instanceof Error))
) {
  process.exitCode = 1;
}

function parseOptions() {
  try {
    const { values } = parseArgs({
      options: {
        only: { type: "string" },
        runtimes: { type: "string", default: runtimeNames.join(",") },
        quick: { type: "boolean", default: false },
        write: { type: "boolean", default: false },
      },
    });
    if (values.write && values.only !== undefined)
      throw new Error("--write is for all rows: the page would lose the others");
    const only = values.only?.split(",") ?? rows.map((row) => row.id);
    check(
      "row",
      only,
      rows.map((row) => row.id),
    );
    check("runtime", values.runtimes.split(","), runtimeNames);
    return { ...values, only, runtimes: values.runtimes.split(",") };
  } catch (error) {
    tell(error.message);
    process.exit(2);
  }
}

function check(what, names, known) {
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`there is no ${what} "${unknown}": ${known.join(", ")}`);
}

/** The bench measures dist, so an old dist would measure an old asyncio-ts. */
function build() {
  const shell = process.platform === "win32";
  if (!existsSync(join(root, "node_modules", "asyncio-ts"))) step("npm", ["ci", "--no-audit", "--no-fund"]);
  step("npm", ["run", "--silent", "build"]);

  function step(command, parameters) {
    const { status, stdout, stderr, error } = spawnSync(command, parameters, { cwd: root, encoding: "utf8", shell });
    if (status === 0) return;
    tell(`${command} ${parameters.join(" ")} failed\n${stdout ?? ""}${stderr ?? error}`);
    process.exit(1);
  }
}

function findRuntimes() {
  const found = { node: findRuntime("node") };
  for (const name of options.runtimes) {
    const runtime = findRuntime(name);
    if (runtime === null) tell(`${name} skipped: not found (scripts/services installs it)`);
    else found[name] = runtime;
  }
  return found;
}

function makePlan() {
  const pace = options.quick ? { warmup: 100, window: 150, rounds: 2 } : { warmup: 300, window: 500, rounds: 5 };
  return rows
    .filter((row) => options.only.includes(row.id) && !(options.quick && row.quickSettings === null))
    .map((row) => ({
      row,
      contestants: row.contestants.filter(isPresent),
      rounds: row.rounds === undefined ? pace.rounds : options.quick ? 1 : row.rounds,
      settings: { ...pace, ...(options.quick ? row.quickSettings : row.settings) },
    }));
}

function isPresent(contestant) {
  const [nameAndVariant, runtime = "node"] = contestant.split("@");
  if (runtimes[runtime] === undefined) return false;
  const missing = nameAndVariant.split(":").find((name) => rivals[name] === null);
  const present = missing === undefined;
  if (!present) skipped.push(missing);
  return present;
}

function commit() {
  const git = (...parameters) => spawnSync("git", parameters, { cwd: root, encoding: "utf8" });
  const { status, stdout } = git("rev-parse", "--short", "HEAD");
  if (status !== 0) return "unknown";
  const changed = git("status", "--porcelain", "--untracked-files=no", "--", "packages", "bench").stdout.trim() !== "";
  return stdout.trim() + (changed ? " with local changes" : "");
}

function splitLast(title) {
  const space = title.lastIndexOf(" ");
  return [title.slice(0, space), title.slice(space + 1)];
}
