// A small stand-in for "vitest" that runs the same test files where vitest cannot go: Bun, Deno, browsers, other nodes.
// Tests run one after another; matchers and spies are vitest's own packages.

import {
  ASYMMETRIC_MATCHERS_OBJECT,
  addCustomEqualityTesters,
  customMatchers,
  GLOBAL_EXPECT,
  getState,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  setState,
} from "@vitest/expect";
import * as spies from "@vitest/spy";
import * as chai from "chai";

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);

export const assert = chai.assert;
export const expect = makeExpect();

/** What tests use of `vi`: spies and stubs. Fake timers are not here, the virtual clock is. */
export const vi = {
  fn: spies.fn,
  spyOn: spies.spyOn,
  isMockFunction: spies.isMockFunction,
  clearAllMocks: spies.clearAllMocks,
  resetAllMocks: spies.resetAllMocks,
  restoreAllMocks: spies.restoreAllMocks,
  waitFor: async (probe, { timeout = 1000, interval = 20 } = {}) => {
    for (const end = Date.now() + timeout; ; ) {
      try {
        return await probe();
      } catch (error) {
        if (Date.now() > end) throw error;
        await new Promise((resolve) => setTimeout(resolve, interval));
      }
    }
  },
};

let suite = makeSuite("", null, {});
let focused = false;
let current = null;

export const describe = variants((name, options, body) => {
  const parent = suite;
  const child = makeSuite(name, parent, options);
  parent.entries.push(child);
  suite = child;
  try {
    const pending = body?.();
    if (pending instanceof Promise) throw new TypeError(`describe("${name}") is asynchronous`);
  } finally {
    suite = parent;
  }
});
export const it = variants((name, options, body) => {
  suite.entries.push({ name, parent: suite, options: { ...suite.options, ...options }, body });
});
export const test = it;
export { describe as suite };

export const beforeAll = (hook) => void suite.beforeAll.push(hook);
export const afterAll = (hook) => void suite.afterAll.unshift(hook);
export const beforeEach = (hook) => void suite.beforeEach.push(hook);
export const afterEach = (hook) => void suite.afterEach.unshift(hook);
export const onTestFinished = (hook) => void current.finished.unshift(hook);
export const onTestFailed = (hook) => void current.failed.unshift(hook);

/**
 * Imports each file, runs its tests, prints its name, what failed, and the closing line.
 * @param {[name: string, load: () => Promise<unknown>][]} files
 * @param {(line: string) => void} print
 */
export async function runFiles(files, print) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const fail = (path, error) => {
    counts.failed += 1;
    print(`FAILED ${path}\n${describeError(error).replace(/^/gm, "    ")}`);
  };
  const strays = catchStrayErrors();
  for (const [file, load] of files) {
    print(`RUN ${file}`);
    suite = makeSuite(file, null, {});
    focused = false;
    try {
      await load();
    } catch (error) {
      fail(file, error);
      continue;
    }
    await runSuite(suite, counts, fail);
    await new Promise((resolve) => setTimeout(resolve));
    for (const error of strays.splice(0)) fail(`${file} > an error that nobody caught`, error);
  }
  print(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  return counts;
}

async function runSuite(node, counts, fail) {
  if (!node.entries.some((entry) => willRun(entry))) {
    counts.skipped += countTests(node);
    return;
  }
  const after = [...node.afterAll];
  try {
    for (const hook of node.beforeAll) {
      const cleanup = await hook();
      if (typeof cleanup === "function") after.unshift(cleanup);
    }
    for (const entry of node.entries) {
      if (entry.entries !== undefined) await runSuite(entry, counts, fail);
      else if (willRun(entry)) await runTest(entry, counts, fail);
      else counts.skipped += 1;
    }
  } catch (error) {
    fail(`${pathOf(node)} > beforeAll`, error);
  }
  for (const hook of after) {
    try {
      await hook();
    } catch (error) {
      fail(`${pathOf(node)} > afterAll`, error);
    }
  }
}

async function runTest(test, counts, fail) {
  current = { finished: [], failed: [], skipped: false };
  const context = {
    expect,
    onTestFinished,
    onTestFailed,
    skip: (condition = true) => {
      if (!condition) return;
      current.skipped = true;
      throw new Error("skipped");
    },
    task: { name: test.name },
  };
  setState({ assertionCalls: 0, expectedAssertionsNumber: null, isExpectingAssertions: false }, expect);
  let failure = null;
  const attempt = async (step) => {
    try {
      return await step();
    } catch (error) {
      failure ??= { error };
    }
  };
  const suites = lineage(test.parent);
  const cleanups = [];
  await attempt(async () => {
    for (const hook of suites.flatMap((each) => each.beforeEach)) {
      const cleanup = await hook(context);
      if (typeof cleanup === "function") cleanups.unshift(cleanup);
    }
    await withDeadline(() => test.body(context), test.options.timeout ?? 20_000);
    checkAssertionCount();
  });
  for (const hook of [...suites.toReversed().flatMap((each) => each.afterEach), ...cleanups, ...current.finished]) {
    await attempt(() => hook(context));
  }
  if (current.skipped) {
    counts.skipped += 1;
    return;
  }
  if (test.options.fails) failure = failure === null ? { error: new Error("expected to fail") } : null;
  if (failure === null) {
    counts.passed += 1;
    return;
  }
  for (const hook of current.failed) await attempt(() => hook(context));
  fail(pathOf(test), failure.error);
}

/** `name.skip`, `name.only`, `name.skipIf(condition)`, `name.each(cases)` … around one way to declare. */
function variants(declare) {
  const make = (preset) => {
    const call = (name, ...rest) => {
      const body = rest.find((part) => typeof part === "function");
      const given = rest.find((part) => part !== body);
      const options = typeof given === "number" ? { timeout: given } : (given ?? {});
      const merged = { ...preset, ...options };
      if (merged.only) focused = true;
      if (body === undefined) merged.skip = true;
      declare(typeof name === "function" ? name.name : String(name), merged, body);
    };
    call.skipIf = (condition) => (condition ? make({ ...preset, skip: true }) : call);
    call.runIf = (condition) => call.skipIf(!condition);
    call.each = (first, ...values) => {
      const cases = Array.isArray(first) && "raw" in first ? table(first, values) : first;
      return (name, ...rest) => {
        const body = rest.find((part) => typeof part === "function");
        const others = rest.filter((part) => part !== body);
        cases.forEach((row, index) => {
          const args = Array.isArray(row) ? row : [row];
          call(formatTitle(name, args, index), ...others, () => body(...args));
        });
      };
    };
    call.for =
      (cases) =>
      (name, ...rest) => {
        const body = rest.find((part) => typeof part === "function");
        const others = rest.filter((part) => part !== body);
        cases.forEach((row, index) => {
          const title = formatTitle(name, Array.isArray(row) ? row : [row], index);
          call(title, ...others, (context) => body(row, context));
        });
      };
    for (const mark of ["skip", "only", "todo", "fails", "concurrent", "sequential"]) {
      Object.defineProperty(call, mark, { get: () => make({ ...preset, [mark]: true }) });
    }
    return call;
  };
  return make({});
}

function makeSuite(name, parent, options) {
  return {
    name,
    parent,
    options: { ...parent?.options, ...options },
    entries: [],
    beforeAll: [],
    afterAll: [],
    beforeEach: [],
    afterEach: [],
  };
}

function willRun(entry) {
  if (entry.entries !== undefined) return entry.entries.some(willRun);
  const { skip, todo, only } = entry.options;
  return !skip && !todo && (!focused || only === true);
}

function countTests(entry) {
  return entry.entries === undefined ? 1 : entry.entries.reduce((sum, each) => sum + countTests(each), 0);
}

function lineage(node) {
  return node === null ? [] : [...lineage(node.parent), node];
}

function pathOf(node) {
  return lineage(node)
    .map((each) => each.name)
    .join(" > ");
}

async function withDeadline(body, milliseconds) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`test ran longer than ${milliseconds} ms`)), milliseconds);
  });
  try {
    await Promise.race([body(), late]);
  } finally {
    clearTimeout(timer);
  }
}

function makeExpect() {
  const make = (value, message) => {
    const { assertionCalls } = getState(make);
    setState({ assertionCalls: assertionCalls + 1 }, make);
    return chai.expect(value, message);
  };
  Object.assign(make, chai.expect);
  Object.assign(make, globalThis[ASYMMETRIC_MATCHERS_OBJECT]);
  make.getState = () => getState(make);
  make.setState = (state) => setState(state, make);
  make.soft = make;
  make.assertions = (count) => setState({ expectedAssertionsNumber: count }, make);
  make.hasAssertions = () => setState({ isExpectingAssertions: true }, make);
  make.unreachable = (message) => chai.assert.fail(message ?? "expected not to be reached");
  make.addEqualityTesters = addCustomEqualityTesters;
  globalThis[GLOBAL_EXPECT] = make;
  setState({ assertionCalls: 0, expectedAssertionsNumber: null, isExpectingAssertions: false }, make);
  make.extend = (matchers) => chai.expect.extend(make, matchers);
  make.extend(customMatchers);
  return make;
}

function checkAssertionCount() {
  const { assertionCalls, expectedAssertionsNumber, isExpectingAssertions } = getState(expect);
  if (expectedAssertionsNumber !== null && assertionCalls !== expectedAssertionsNumber) {
    throw new Error(`expected ${expectedAssertionsNumber} assertions, got ${assertionCalls}`);
  }
  if (isExpectingAssertions && assertionCalls === 0) throw new Error("expected at least one assertion");
}

/** As vitest does: what no test caught fails the run. */
function catchStrayErrors() {
  const strays = [];
  if (typeof process === "object" && typeof process.on === "function") {
    process.on("uncaughtException", (error) => strays.push(error));
    process.on("unhandledRejection", (error) => strays.push(error));
  } else {
    addEventListener("error", (event) => strays.push(event.error ?? event.message));
    addEventListener("unhandledrejection", (event) => strays.push(event.reason));
  }
  return strays;
}

function describeError(error) {
  if (!(error instanceof Error)) return String(error);
  const { actual, expected } = error;
  // What lies below a test's body is this file.
  const stack = String(error.stack ?? "").replace(/\n[^\n]*\bwithDeadline\b.*/s, "");
  const text = stack.includes(error.message) ? stack : `${error.name}: ${error.message}\n${stack}`;
  const difference = "actual" in error ? `\nexpected: ${show(expected)}\nactual:   ${show(actual)}` : "";
  const cause = error.cause === undefined ? "" : `\ncaused by ${describeError(error.cause)}`;
  return `${text.trimEnd()}${difference}${cause}`;
}

function show(value) {
  try {
    return JSON.stringify(value, (_, each) => (typeof each === "bigint" ? `${each}n` : each), 2) ?? String(value);
  } catch {
    return String(value);
  }
}

/** printf-like placeholders and `$name` of a case, as far as titles need them. */
function formatTitle(name, args, index) {
  let next = 0;
  return String(typeof name === "function" ? name.name : name)
    .replace(/%[sdifjop#%]/g, (mark) => {
      if (mark === "%%") return "%";
      if (mark === "%#") return String(index);
      const value = args[next++];
      return typeof value === "string" ? value : (show(value) ?? "");
    })
    .replace(/\$([\w.]+)/g, (mark, path) => {
      const value = path.split(".").reduce((object, key) => object?.[key], args[0]);
      return value === undefined ? mark : String(value);
    });
}

function table(strings, values) {
  const names = strings[0].split("|").map((name) => name.trim());
  const rows = [];
  for (let start = 0; start < values.length; start += names.length) {
    rows.push(Object.fromEntries(names.map((name, column) => [name, values[start + column]])));
  }
  return rows;
}
