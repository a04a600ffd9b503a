// npm run bench: asyncio-ts and its rivals side by side, as a Markdown page.
//   --only row,row       these rows (ids in rows.mjs; "tls-echo-*" is all that begin so)
//   --runtimes a,b       node (the one running this), node24, node26, bun, deno; all that are found by default
//   --quick              short windows and few rounds, for a look
//   --write              write docs/benchmarks.md too; rows that were not measured now keep their newest results
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import os from "node:os";
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { tsImport } from "tsx/esm/api";
import { measureAll } from "./measurements.mjs";
import { report } from "./report.mjs";
import { loadResults, measurements, saveResults } from "./results.mjs";
import { installRivals } from "./rivals.mjs";
import { rows } from "./rows.mjs";
import { findRuntime, runtimeNames } from "./runtimes.mjs";

const { Authority } = await tsImport("../tests/support/certificates.ts", import.meta.url);

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
const newest = new Map(measurements(plan, results, circumstances()).map((item) => [item.id, item]));
console.log(report(rows, newest));
tell(`measured in ${Math.round((Date.now() - began) / 1000)} s`);
if (options.write) {
  const all = new Map([...loadResults(), ...newest]);
  saveResults(all);
  writeFileSync(join(root, "docs", "benchmarks.md"), `${report(rows, all)}\n`);
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
    const ids = rows.map((row) => row.id);
    const only = values.only?.split(",").flatMap((name) => matching(ids, name)) ?? ids;
    check("row", only, ids);
    check("runtime", values.runtimes.split(","), runtimeNames);
    return { ...values, only, runtimes: values.runtimes.split(",") };
  } catch (error) {
    tell(error.message);
    process.exit(2);
  }
}

/** What a name with a star at its end stands for; any other name for itself. */
function matching(ids, name) {
  const found = name.endsWith("*") ? ids.filter((id) => id.startsWith(name.slice(0, -1))) : [];
  return found.length > 0 ? found : [name];
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

/** What is said of a row beside its results. */
function circumstances() {
  return {
    date: new Date().toISOString().slice(0, 10),
    commit: commit(),
    machine: `${os.cpus().length} cores, ${os.platform()} ${os.arch()}`,
    quick: options.quick,
    runtimes: Object.fromEntries(Object.entries(runtimes).map(([name, { title }]) => [name, title])),
    rivals: Object.entries({
      CPython: rivals.asyncio,
      uvloop: rivals.uvloop,
      Effect: rivals.effect,
      Effection: rivals.effection,
      "p-map": rivals["p-map"],
      "p-limit": rivals["p-limit"],
      piscina: rivals.piscina,
      tinypool: rivals.tinypool,
    }).flatMap(([name, version]) => (version === null ? [] : [`${name} ${version}`])),
    skipped: [...new Set(skipped)],
  };
}

function makePlan() {
  const tls = makeIdentity();
  const pace = options.quick ? { warmup: 100, window: 150, rounds: 2 } : { warmup: 300, window: 500, rounds: 5 };
  return rows
    .filter((row) => options.only.includes(row.id) && !(options.quick && row.quickSettings === null))
    .map((row) => ({
      row,
      contestants: row.contestants.filter(isPresent),
      rounds: row.rounds === undefined ? pace.rounds : options.quick ? Math.ceil(row.rounds / 3) : row.rounds,
      settings: { ...pace, ...(options.quick ? row.quickSettings : row.settings), ...(row.secured && { tls }) },
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

/** A certificate for the servers of the rows over TLS, in files. */
function makeIdentity() {
  const folder = join(root, ".cache", "bench");
  mkdirSync(folder, { recursive: true });
  const files = { cert: join(folder, "server.pem"), key: join(folder, "server.key") };
  const identity = new Authority().issue();
  writeFileSync(files.cert, identity.cert);
  writeFileSync(files.key, identity.key);
  return files;
}
