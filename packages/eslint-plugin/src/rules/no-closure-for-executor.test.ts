import { testRule } from "../testing/rule-tester.ts";
import { noClosureForExecutor } from "./no-closure-for-executor.ts";

const imports = `import { getRunningLoop, toThread } from "asyncio-ts";
import { inline, ThreadPoolExecutor, workerModule } from "asyncio-ts/concurrent";
const pool = new ThreadPoolExecutor();
const jobs = workerModule(new URL("./jobs.js", import.meta.url));
`;

function inlined(code: (task: string) => string, task: string, output: string, taker: string) {
  return {
    code: imports + code(task),
    errors: [
      {
        messageId: "closure",
        data: { taker },
        suggestions: [{ messageId: "inline", output: imports + code(output) }],
      },
    ],
  };
}

testRule("no-closure-for-executor", noClosureForExecutor, {
  valid: [
    `${imports}pool.submit(jobs.factorial, 25n); pool.map(jobs.factorial, [1, 2]);`,
    `${imports}pool.submit(inline({ k: 3 }, ({ k }, x) => k * x), 14); const triple = inline({}, (_, x) => 3 * x); pool.submit(triple, 5);`,
    `${imports}await toThread(jobs.factorial, 5); await getRunningLoop().runInExecutor(null, jobs.factorial, 5);`,
    `${imports}[1].map((x) => x); const other = { submit(f) { return f(); } }; other.submit(() => 5);`,
    'import { sleep } from "asyncio-ts"; const pool = new ThreadPoolExecutor(); pool.submit(() => sleep(1));',
    "toThread(() => 5);",
  ],
  invalid: [
    inlined((task) => `pool.submit(${task}, 5);`, "(x) => 3 * x", "inline({}, (_, x) => 3 * x)", "submit"),
    inlined((task) => `pool.submit(${task});`, "() => 5", "inline({}, (_) => 5)", "submit"),
    inlined((task) => `pool.map(${task}, [1]);`, "x => 3 * x", "inline({}, (_, x) => 3 * x)", "map"),
    inlined(
      (task) => `const k = 3; await toThread(${task}, 5);`,
      "(x) => k * x",
      "inline({ k }, ({ k }, x) => k * x)",
      "toThread",
    ),
    inlined(
      (task) => `const f = (k) => getRunningLoop().runInExecutor(pool, ${task});`,
      "() => Math.max(k, 5)",
      "inline({ k }, ({ k }) => Math.max(k, 5))",
      "runInExecutor",
    ),
    // What these take along cannot be sent.
    {
      code: `${imports}let n = 0; pool.submit(() => { n += 1; });`,
      errors: [{ messageId: "closure", suggestions: [] }],
    },
    {
      code: `${imports}const help = () => 5; pool.submit(() => help());`,
      errors: [{ messageId: "closure", suggestions: [] }],
    },
    { code: `${imports}pool.submit(function () { return 5; });`, errors: [{ messageId: "closure", suggestions: [] }] },
    { code: `${imports}function work() {} pool.submit(work);`, errors: [{ messageId: "closure", suggestions: [] }] },
    {
      code: `${imports}class A { pool = new ThreadPoolExecutor(); f() { this.pool.submit(() => this.x); } }`,
      errors: [{ messageId: "closure", suggestions: [] }],
    },
    {
      code: 'import { toThread } from "asyncio-ts"; toThread(() => 5);',
      errors: [
        {
          messageId: "closure",
          suggestions: [
            {
              messageId: "inline",
              output:
                'import { inline } from "asyncio-ts/concurrent";\nimport { toThread } from "asyncio-ts"; toThread(inline({}, (_) => 5));',
            },
          ],
        },
      ],
    },
    {
      code: 'import { Thread } from "asyncio-ts/threading"; new Thread(function work() {}).start();',
      errors: [{ messageId: "closure", suggestions: [] }],
    },
    {
      code: 'const { ProcessPoolExecutor } = require("asyncio-ts/concurrent"); const pool = new ProcessPoolExecutor(); pool.submit(() => 5);',
      languageOptions: { sourceType: "commonjs" },
      errors: [{ messageId: "closure", suggestions: [] }],
    },
  ],
  typescript: {
    invalid: [
      {
        code: 'import type { ProcessPoolExecutor } from "asyncio-ts/concurrent"; export const f = (pool: ProcessPoolExecutor) => pool.submit(function () {});',
        errors: [{ messageId: "closure", suggestions: [] }],
      },
    ],
  },
  typed: {
    invalid: [
      {
        code: 'import { getRunningLoop } from "asyncio-ts"; const find = () => ({ loop: getRunningLoop() }); (find().loop as never as { runInExecutor(...all: unknown[]): void }); find().loop.runInExecutor(null, function () {});',
        errors: [{ messageId: "closure", suggestions: [] }],
      },
    ],
  },
});
