// npm test              everything, one line a step, and a last line that counts all tests
// npm run test:long     soaks and runs over many seeds (*.long.test.ts)

import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { bin, ensureInstalled, execute, root } from "./setup.mjs";

const total = { passed: 0, failed: 0, skipped: 0 };
const long = process.argv.includes("--long");

await step("install", async () => ({ detail: (await ensureInstalled()) ? "" : "nothing to do" }));
if (total.failed === 0) {
  if (long) {
    await step("compile", () => command("typescript", "bin/tsc", ["-b", "packages/asyncio"]));
    await step("long tests", () => vitest({ ASYNCIO_TS_LONG: "1" }, 3600));
  } else {
    await step("compile, types", () => command("typescript", "bin/tsc", ["-b", "--pretty", "false"], 1));
    await step("lint, format", () => command("@biomejs/biome", "bin/biome", ["check", "--colors=off", "."], 1));
    await step("import layers", layers);
    await step("tests", () => vitest({}, 600));
    await step("documents", documents);
    await portable();
    await step("consumers", consumers);
    await step("size", size);
  }
}
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;

/**
 * Runs one step and prints its line. A step gives counts, a detail for its line, what it had to leave out, and, when
 * something failed, the text that says what; a step that throws counts as one failure.
 */
async function step(name, body) {
  const started = performance.now();
  let result;
  try {
    result = await body();
  } catch (error) {
    result = { failed: 1, problem: error.name === "CommandError" ? error.message : error.stack };
  }
  print(name, result, (performance.now() - started) / 1000);
}

function print(name, { passed = 0, failed = 0, skipped = 0, detail = "", left = [], problem = "" }, seconds) {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  const counts = [
    passed + failed > 1 ? `${passed} passed` : "",
    failed > 0 ? `${failed} failed` : "",
    skipped > 0 ? `${skipped} skipped` : "",
    detail,
  ];
  const summary = counts.filter((part) => part !== "").join(", ");
  console.log(
    `${failed > 0 ? "FAIL" : "ok  "} ${name.padEnd(16)} ${seconds.toFixed(1).padStart(5)} s  ${summary}`.trimEnd(),
  );
  for (const line of left) console.log(`     left out: ${line}`);
  if (failed > 0) console.log(problem.trimEnd().replace(/^(?=.)/gm, "     | "));
}

async function command(name, script, args, counted = 0) {
  const { code, output, errors } = await execute(process.execPath, [bin(name, script), ...args], { deadline: 300 });
  return code === 0 ? { passed: counted } : { failed: 1, problem: output + errors };
}

async function layers() {
  const { checkLayers, readSources } = await import("./check-layers.mjs");
  const problems = checkLayers(readSources(join(root, "packages/asyncio/src")));
  return problems.length === 0 ? { passed: 1 } : { failed: 1, problem: problems.join("\n") };
}

async function vitest(env, deadline) {
  const report = join(root, ".cache/vitest.json");
  rmSync(report, { force: true });
  const args = ["run", "--passWithNoTests", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const { code, output, errors } = await execute(process.execPath, [bin("vitest", "vitest.mjs"), ...args], {
    deadline,
    env: { ...process.env, ...env, NO_COLOR: "1", FORCE_COLOR: undefined },
  });
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = readReport(report);
  // A file that cannot be imported and an error outside of a test fail the run without a failed test.
  const failed = numFailedTests > 0 || code === 0 ? numFailedTests : 1;
  return { passed: numPassedTests, failed, skipped: numPendingTests + numTodoTests, problem: output + errors };
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 };
  }
}

async function documents() {
  const { runDoctests } = await import("./doctest.mjs");
  const { passed, failed, problems } = await runDoctests();
  return { passed, failed, problem: problems.join("\n") };
}

/** One line for each runtime. */
async function portable() {
  const report = ({ name, skipped, seconds = 0, output, counts = [0, 0, 1] }) => {
    const left = skipped === undefined ? [] : [`${name} is not here; ${skipped}`];
    print(
      `tests, ${name}`,
      { passed: counts[0], failed: counts[1], skipped: counts[2], left, problem: output },
      seconds,
    );
  };
  try {
    const { runPortable } = await import("./portable.mjs");
    await runPortable({ report });
  } catch (error) {
    print("tests, runtimes", { failed: 1, problem: error.message }, 0);
  }
}

async function consumers() {
  const { runConsumers } = await import("./consumer.mjs");
  const results = await runConsumers();
  const failures = results.filter(({ problem }) => problem !== undefined);
  const left = results.filter(({ skipped }) => skipped !== undefined);
  return {
    passed: results.length - failures.length - left.length,
    failed: failures.length,
    skipped: left.length,
    left: left.map(({ name, skipped }) => `${name}: ${skipped}`),
    problem: failures.map(({ name, problem }) => `${name}: ${problem}`).join("\n"),
  };
}

async function size() {
  const { describeSize, measureSizes } = await import("./size.mjs");
  const sizes = await measureSizes();
  const over = sizes.filter(({ bytes, limit }) => bytes > limit);
  const detail = sizes.map(describeSize).join(", ");
  return {
    passed: sizes.length - over.length,
    failed: over.length,
    detail,
    problem: "over the limit in tools/size.json",
  };
}
