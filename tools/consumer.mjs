// Packs asyncio-ts and its ESLint plugin as npm would publish them, installs the tarballs into empty projects and runs a
// small program in each:
//   node tools/consumer.mjs

import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build as bundle, transformSync } from "esbuild";
import { build as viteBuild } from "vite";
import { runInBrowser } from "./browser.mjs";
import { findChromium, findRuntimes, howToInstall } from "./runtimes.mjs";
import { bin, ensureBuilt, execute, root, runQuietly } from "./setup.mjs";

const output = "hello native, hi generator\ndone";
const programs = join(root, "tools/consumer");

const consumers = {
  "TypeScript, nodenext": (project) => typescript(project, "nodenext"),
  "TypeScript, bundler": async (project) => {
    await typescript(project, "bundler");
    const outfile = join(project, "bundle.mjs");
    await bundle({
      entryPoints: [join(project, "program.ts")],
      bundle: true,
      outfile,
      format: "esm",
      platform: "node",
    });
    return runQuietly(process.execPath, [outfile], { cwd: project });
  },
  "require()": (project) => {
    copyFileSync(join(programs, "program.cjs"), join(project, "program.cjs"));
    return runQuietly(process.execPath, ["--disable-warning=ExperimentalWarning", "program.cjs"], { cwd: project });
  },
  "Vite, browser": vite,
  Bun: (project) => runtime("bun", project, ["program.ts"]),
  Deno: (project) => runtime("deno", project, ["run", "--quiet", "--allow-all", "program.ts"]),
  "threads and processes": (project) => typescript(project, "nodenext", "pools"),
  "threads and processes, Bun": (project) => runtime("bun", project, ["pools.ts"]),
  "threads and processes, Deno": (project) => runtime("deno", project, ["run", "--quiet", "--allow-all", "pools.ts"]),
  ESLint: eslint,
};

/** @returns {Promise<{ name: string, problem?: string, skipped?: string }[]>} */
export async function runConsumers() {
  const place = mkdtempSync(join(tmpdir(), "asyncio-ts-consumer-"));
  try {
    const installed = await installPackage(place);
    const results = [];
    for (const [name, consume] of Object.entries(consumers)) {
      results.push(await tryConsumer(name, consume, makeProject(place, results.length, installed)));
    }
    return results;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

async function tryConsumer(name, consume, project) {
  try {
    const printed = await consume(project);
    if (typeof printed === "object") return { name, ...printed };
    if (printed.trim() === output) return { name };
    return { name, problem: `printed\n${printed}\ninstead of\n${output}` };
  } catch (error) {
    return { name, problem: error.message };
  }
}

/** Installs the tarballs once; the result is copied into every project. */
async function installPackage(place) {
  for (const folder of ["packages/asyncio", "packages/eslint-plugin"]) {
    await runQuietly("npm", ["pack", "--pack-destination", place], { cwd: join(root, folder) });
  }
  const tarballs = readdirSync(place).filter((name) => name.endsWith(".tgz"));
  const project = join(place, "installed");
  mkdirSync(project);
  writeFileSync(join(project, "package.json"), '{ "private": true }\n');
  // Its peer, ESLint, is the one of this repository.
  const options = ["--offline", "--legacy-peer-deps", "--no-audit", "--no-fund"];
  await runQuietly("npm", ["install", ...options, ...tarballs.map((name) => join(place, name))], { cwd: project });
  for (const name of ["asyncio-ts", "@asyncio-ts/eslint-plugin"]) checkContents(join(project, "node_modules", name));
  return project;
}

/** The tarball holds what `exports` promises, and neither tests nor build state. */
function checkContents(folder) {
  const names = readdirSync(folder, { recursive: true });
  const stray = names.filter((name) => /\.(test|bench)\.|tsbuildinfo|^(src|dist)\/testing\/project/.test(name));
  if (stray.length > 0) throw new Error(`the tarball contains ${stray.join(", ")}`);
  const { exports } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  for (const target of Object.values(exports).flatMap((entry) => Object.values(entry))) {
    if (!names.includes(target.slice(2))) throw new Error(`the tarball lacks ${target}`);
  }
}

function makeProject(place, number, installed) {
  const project = join(place, `project-${number}`);
  cpSync(installed, project, { recursive: true });
  const manifest = JSON.parse(readFileSync(join(project, "package.json"), "utf8"));
  writeFileSync(join(project, "package.json"), JSON.stringify({ ...manifest, type: "module" }));
  for (const name of ["program.ts", "pools.ts", "jobs.js"]) copyFileSync(join(programs, name), join(project, name));
  return project;
}

async function typescript(project, resolution, program = "program") {
  const module = resolution === "bundler" ? "esnext" : "nodenext";
  const options = ["--strict", "--target", "es2022", "--module", module, "--moduleResolution", resolution];
  const command = [bin("typescript", "bin/tsc"), ...options, "--rootDir", ".", `${program}.ts`, "--outDir", "."];
  await runQuietly(process.execPath, command, { cwd: project });
  return runQuietly(process.execPath, [`${program}.js`], { cwd: project });
}

/** A browser's bundle must need nothing of node, and work. */
async function vite(project) {
  const { code } = transformSync(readFileSync(join(project, "program.ts"), "utf8"), { loader: "ts" });
  writeFileSync(join(project, "program.js"), code);
  writeFileSync(join(project, "index.html"), '<!doctype html><script type="module" src="/program.js"></script>\n');
  const warnings = [];
  const warn = (message) => warnings.push(message);
  const quiet = { info() {}, warn, warnOnce: warn, error: warn, clearScreen() {}, hasErrorLogged: () => false };
  await viteBuild({ root: project, configFile: false, customLogger: { ...quiet, hasWarned: false } });
  const folder = join(project, "dist/assets");
  const text = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
  if (/__vite-browser-external|from\s*["']node:/.test(text.join())) warnings.push("the bundle imports node's modules");
  if (warnings.length > 0) throw new Error(warnings.join("\n"));
  const chromium = findChromium();
  if (chromium === null) return { skipped: `built, not run: no chromium; ${howToInstall}` };
  const isLast = (line) => /^(done$|uncaught: )/.test(line);
  const page = await runInBrowser(chromium, join(project, "dist"), { page: "/index.html", isLast, deadline: 60 });
  return page.output;
}

/** The installed plugin finds the mistakes of a program, and no others. */
async function eslint(project) {
  for (const name of ["eslint.config.js", "mistakes.js"]) copyFileSync(join(programs, name), join(project, name));
  const command = [bin("eslint", "bin/eslint.js"), "--format", "json", "mistakes.js"];
  const { output: report, errors } = await execute(process.execPath, command, { cwd: project });
  if (errors !== "") throw new Error(errors);
  const found = JSON.parse(report)[0].messages.map(({ line, ruleId }) => `${line} ${ruleId}`);
  const lines = readFileSync(join(project, "mistakes.js"), "utf8").split("\n");
  const marked = lines.flatMap((text, index) => {
    const rule = /\/\/ (no-[\w-]+)$/.exec(text)?.[1];
    return rule === undefined ? [] : [`${index + 1} @asyncio-ts/${rule}`];
  });
  return found.join() === marked.join() ? {} : { problem: `found ${found.join()} instead of ${marked.join()}` };
}

function runtime(name, project, args) {
  const { path } = findRuntimes().find((each) => each.name === name);
  return path === null ? { skipped: howToInstall } : runQuietly(path, args, { cwd: project });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await ensureBuilt();
  await runQuietly(process.execPath, [bin("typescript", "bin/tsc"), "-b", "packages/eslint-plugin"]);
  const results = await runConsumers();
  for (const { name, problem, skipped } of results) console.log(`${name}: ${problem ?? skipped ?? "ok"}`);
  process.exit(results.some(({ problem }) => problem !== undefined) ? 1 : 0);
}
