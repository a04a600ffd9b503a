// Runs the core's tests and the conformance pairs on every runtime that is present:
//   node tools/portable.mjs [runtime…] [--only part-of-a-file-name]
// The test files are the ones that vitest runs, bundled with portable/harness.mjs in vitest's place. Files named
// *.node.test.ts are left out of the browser.

import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { runInBrowser } from "./browser.mjs";
import { findChromium, findRuntimes, howToInstall } from "./runtimes.mjs";
import { execute, listFiles, root } from "./setup.mjs";

const suites = ["packages/asyncio/src", "conformance", "tests/stress", "tests/fuzz", "tests/crosswise"];
export const closingLine = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/m;

/**
 * @param {{ names?: string[], only?: string, report?: (result: object) => void }} options
 * @returns {Promise<{ name: string, skipped?: string, seconds?: number, output?: string, counts?: number[] }[]>}
 */
export async function runPortable({ names = [], only = "", report = () => {} } = {}) {
  const wanted = (name) => names.length === 0 || names.includes(name);
  const results = [];
  const add = (result) => {
    results.push(result);
    report(result);
  };
  const bundles = {};
  for (const runtime of findRuntimes().filter(({ name }) => wanted(name))) {
    if (runtime.path === null) {
      add({ name: runtime.name, skipped: howToInstall });
      continue;
    }
    bundles.node ??= await bundle("node", only);
    const started = performance.now();
    const { output, errors, code } = await execute(runtime.path, [...runtime.args, bundles.node], { deadline: 300 });
    add(summary(runtime.name, started, output + errors, code === 0));
  }
  if (wanted("chromium")) {
    const chromium = findChromium();
    if (chromium === null) {
      add({ name: "chromium", skipped: howToInstall });
    } else {
      const entry = await bundle("browser", only);
      const started = performance.now();
      const folder = fileURLToPath(new URL(".", pathToFileURL(entry)));
      const page = { script: "/suite.js", isLast: (line) => closingLine.test(line), deadline: 120 };
      const { output, finished } = await runInBrowser(chromium, folder, page);
      add(summary("chromium", started, output, finished));
    }
  }
  return results;
}

function summary(name, started, output, finished) {
  const seconds = (performance.now() - started) / 1000;
  const match = [...output.matchAll(new RegExp(closingLine, "gm"))].at(-1);
  const counts = match ? match.slice(1).map((count) => Number(count ?? 0)) : [0, 1, 0];
  // A run that died after its tests is a failure, too.
  if (!finished && counts[1] === 0) counts[1] = 1;
  // Which file was running matters only when the run came to no end.
  return { name, seconds, output: match ? output.replace(/^RUN .*\n/gm, "") : output, counts };
}

async function bundle(platform, only) {
  const folder = join(root, ".cache/portable", platform);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const left = platform === "node" ? /\.long\.test\.ts$/ : /\.(long|node)\.test\.ts$/;
  const files = suites
    .flatMap((suite) => listFiles(join(root, suite), /\.test\.ts$/))
    .filter((file) => !left.test(file) && file.includes(only));
  const list = files.map((file) => `[${JSON.stringify(file)}, () => import("./${file}")]`);
  const exit = platform === "node" ? "process.exit(failed > 0 ? 1 : 0);" : "void failed;";
  await build({
    stdin: {
      contents: `import { runFiles } from "vitest";
        const { failed } = await runFiles([${list.join(",\n")}], (line) => console.log(line));
        ${exit}`,
      resolveDir: root,
      sourcefile: "suite.ts",
    },
    outdir: folder,
    entryNames: "suite",
    chunkNames: "[name]-[hash]",
    bundle: true,
    // One chunk for each file: names of functions and of files in stacks stay what the tests expect.
    splitting: true,
    keepNames: true,
    format: "esm",
    platform: platform === "node" ? "node" : "browser",
    target: platform === "node" ? "node20" : "es2022",
    sourcemap: "inline",
    logLevel: "silent",
    plugins: [standIns],
  });
  return join(folder, "suite.js");
}

/** Names that mean something else in the bundle than in node_modules. */
const standIns = {
  name: "stand-ins",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^vitest$/ }, () => ({ path: join(root, "tools/portable/harness.mjs") }));
    onResolve({ filter: /^asyncio-ts(\/\w+)?$/ }, ({ path }) => {
      const folder = path.split("/")[1] ?? "";
      return { path: join(root, "packages/asyncio/src", folder, "index.ts") };
    });
    // A test that looks for a file beside itself finds it where it lies, not beside the bundle.
    onLoad({ filter: /\.node\.test\.ts$/ }, ({ path }) => {
      const url = JSON.stringify(pathToFileURL(path).href);
      return { contents: readFileSync(path, "utf8").replaceAll("import.meta.url", url), loader: "ts" };
    });
  },
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { only: { type: "string", default: "" } },
  });
  const report = ({ name, skipped, seconds, output }) => {
    if (skipped) console.log(`${name}: not found; ${skipped}`);
    else console.log(`${name} (${seconds.toFixed(1)} s)\n${output.trimEnd()}\n`);
  };
  const results = await runPortable({ names: positionals, only: values.only, report });
  process.exit(results.some(({ counts }) => counts?.[1] > 0) ? 1 : 0);
}
