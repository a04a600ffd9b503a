import { testRule } from "../testing/rule-tester.ts";
import { noAsyncCallInGather } from "./no-async-call-in-gather.ts";

const imports =
  'import { asCompleted, coroutine, createTask, gather, run, sleep, taskGroup, wait, waitFor } from "asyncio-ts";\n';
const load = "async function load(url) { return url; }\n";

function wrapped(code: (item: string) => string, item: string, taker: string) {
  return {
    code: imports + load + code(item),
    errors: [
      {
        messageId: "running",
        data: { call: item, taker },
        suggestions: [{ messageId: "wrap", output: imports + load + code(`() => ${item}`) }],
      },
    ],
  };
}

testRule("no-async-call-in-gather", noAsyncCallInGather, {
  valid: [
    `${imports}${load}await gather(() => load("a"), async () => load("b"), load);`,
    `${imports}const get = coroutine(async () => 5); await gather(get(), sleep(1)); await gather([get()], { returnExceptions: true });`,
    `${imports}await gather(...[1, 2].map((delay) => sleep(delay)));`,
    `${imports}${load}await gather(...[1, 2].map((url) => () => load(url)));`,
    // It runs already, and its reader can see that.
    `${imports}${load}const loading = load("a"); await gather(loading, sleep(1));`,
    `${imports}function* steps() { yield; } await gather(steps()); await createTask(steps());`,
    `${imports}${load}await Promise.all([load("a"), load("b")]);`,
    // A function of another name's.
    `${load}const gather = (...all) => Promise.all(all); await gather(load("a"));`,
    `${imports}async function* stream() { yield 1; } export const first = (x) => gather(x, stream);`,
    `${imports}${load}const client = { createTask(x) { return x; } }; client.createTask(load("a"));`,
    `${imports}await taskGroup(async (group) => { group.createTask(sleep(1)); group.createTask(async () => {}); });`,
  ],
  invalid: [
    wrapped((item) => `await gather(sleep(1), ${item});`, 'load("a")', "gather"),
    wrapped((item) => `await gather([${item}], { returnExceptions: true });`, 'load("a")', "gather"),
    wrapped((item) => `await wait(new Set([${item}]));`, 'load("a")', "wait"),
    wrapped((item) => `for (const each of asCompleted([${item}])) await each;`, "(async () => 5)()", "asCompleted"),
    wrapped((item) => `import { race } from "asyncio-ts"; await race([${item}, sleep(1)]);`, 'load("a")', "race"),
    wrapped((item) => `createTask(${item});`, 'fetch("/a")', "createTask"),
    wrapped((item) => `await waitFor(${item}, 5);`, 'load("a").then(String)', "waitFor"),
    wrapped((item) => `await run(${item});`, 'import("node:fs")', "run"),
    wrapped((item) => `await taskGroup(async (group) => { group.createTask(${item}); });`, 'load("a")', "createTask"),
    wrapped((item) => `await gather(...["a"].map((url) => ${item}));`, "load(url)", "gather"),
    wrapped((item) => `await gather(Array.from(["a"], (url) => ${item}));`, "load(url)", "gather"),
    wrapped((item) => `await gather(${item});`, "Promise.resolve(5)", "gather"),
    {
      code: `${imports}${load}export async function f() { await gather(load(await load("a"))); }`,
      errors: [{ messageId: "running", suggestions: [] }],
    },
    {
      code: `${imports}await gather(new Promise(() => {}));`,
      errors: [
        {
          messageId: "constructed",
          suggestions: [{ messageId: "wrap", output: `${imports}await gather(() => new Promise(() => {}));` }],
        },
      ],
    },
    {
      code: `${imports}${load}await gather(...["a"].map(load));`,
      errors: [{ messageId: "mapped", suggestions: [] }],
    },
    {
      code: `${imports}await gather(["a"].map(async (url) => { await sleep(1, url); }));`,
      errors: [
        {
          messageId: "mapped",
          suggestions: [
            {
              messageId: "wrapMapped",
              output: `${imports}await gather(["a"].map((url) => async () => { await sleep(1, url); }));`,
            },
          ],
        },
      ],
    },
    {
      code: `${imports}class A { async load() {} all() { return gather(this.load()); } }`,
      errors: [{ messageId: "running", suggestions: 1 }],
    },
  ],
  typescript: {
    invalid: [
      {
        code: 'import * as asyncio from "asyncio-ts"; async function load() {} export const f = (group: asyncio.TaskGroup) => group.createTask(load() as never);',
        errors: [{ messageId: "running", suggestions: 1 }],
      },
    ],
  },
  typed: {
    valid: [
      `${imports}const api = { load: coroutine(async () => 5) }; await gather(api.load());`,
      `${imports}const api = { load: () => [sleep(1)] }; await gather(...api.load());`,
    ],
    invalid: [
      {
        code: `${imports}const api = { load: async () => 5 }; await gather(api.load());`,
        errors: [{ messageId: "running", suggestions: 1 }],
      },
      {
        code: `${imports}const api = { load: async () => 5 }; await gather([1].map(() => api.load()));`,
        errors: [{ messageId: "running", suggestions: 1 }],
      },
    ],
  },
});
