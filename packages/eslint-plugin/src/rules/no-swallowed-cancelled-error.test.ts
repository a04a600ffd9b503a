import { testRule } from "../testing/rule-tester.ts";
import { noSwallowedCancelledError } from "./no-swallowed-cancelled-error.ts";

const imports =
  'import { CancelledError, catchGroup, createTask, isCancelled, run, sleep, TimeoutError, wait } from "asyncio-ts";\n';

/** A catch inside of a native coroutine; `body` is its block. */
const native = (body: string, param = "(error) "): string =>
  `${imports}export async function work(log, attempts) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await sleep(1);
    } catch ${param}{
      ${body}
    }
  }
}`;

const swallowed = { messageId: "swallowed" };

testRule("no-swallowed-cancelled-error", noSwallowedCancelledError, {
  valid: [
    native("throw error;"),
    native("if (isCancelled(error)) throw error; log(error);"),
    native("if (isCancelled(error)) return; log(error);"),
    native("if (error instanceof CancelledError) throw error; log(error);"),
    native("if (!(error instanceof TimeoutError)) throw error; log(error);"),
    native("if (!(error instanceof TimeoutError || error instanceof RangeError)) throw error;"),
    native("if (error instanceof TimeoutError) { log(error); } else { throw error; }"),
    native("if (!(error instanceof TimeoutError) || attempt === attempts) throw error; log(error);"),
    native("if (isCancelled(error) || attempt === attempts) throw error; log(error);"),
    native('if (error.code !== "ENOENT") throw error;'),
    native('if (error instanceof Error && error.code === "ENOENT") return null; throw error;'),
    native('const { code } = error; if (code === "ENOENT") return null; throw error;'),
    native('switch (error.code) { case "ENOENT": return null; } throw error;'),
    native("if (isTransient(error)) return null; throw error;"),
    native("const wrapped = error; if (!(wrapped instanceof TimeoutError)) throw wrapped;"),
    native('switch (error.code) { case "ENOENT": return null; default: throw error; }'),
    native('switch (error.code) { case "A": case "B": break; case "C": return 1; default: throw error; }'),
    // What we cannot judge, but looks at the error.
    native("if (!isTransient(error)) throw error; log(error);"),
    native("if (!isTransient(error) || attempt > attempts) throw error; log(error);"),
    native("throw new Error('failed', { cause: error });"),
    native("return Promise.reject(error);"),
    native("return error;"),
    native("assertTimeout(error); log(error);"),
    native("expect(error).toBeInstanceOf(TimeoutError);"),
    native("catchGroup(error, [TypeError, () => {}]);"),
    native('log(error); if (error.name === "CancelledError") { log("bye"); }'),
    native("log(error); currentTask().uncancel();"),
    native("try { log(error); } finally { throw error; }"),
    native("if (attempt === 1) { throw error; } else { throw new Error(); }"),
    native("attempt > 1 ? fail(error) : rethrow(error);"),
    native("process.exit(1);", ""),
    // Kept for later.
    `${imports}export async function all(works) { const errors = []; for (const work of works) { try { await work(); } catch (error) { errors.push(error); } } if (errors.length) throw new AggregateError(errors); }`,
    `${imports}export async function last(work) { let failure; try { await work(); } catch (error) { failure = error; } await sleep(1); if (failure) throw failure; }`,
    `${imports}export async function two(a, b) { const errors = []; await a().catch((error) => errors.push(error)); await b(); if (errors.length) throw errors[0]; }`,
    `${imports}export function* drive(generator) { try { yield* sleep(1); } catch (error) { generator = generator.throw(error); } }`,
    // No task waits here.
    `${imports}try { await run(sleep(1)); } catch (error) { console.log(error); }`,
    `${imports}export function parse(text) { try { return JSON.parse(text); } catch { return null; } }`,
    `${imports}export async function parse(text) { await sleep(1); try { return JSON.parse(text); } catch { return null; } }`,
    `${imports}export async function later() { try { return async () => { await sleep(1); }; } catch { return null; } }`,
    `${imports}export async function start() { try { await run(sleep(1)); } catch (error) { console.log(error); } }`,
    `import { Runner } from "asyncio-ts"; export async function start(main) { const runner = new Runner(); try { await runner.run(main); } catch {} }`,
    // No cancellation arrives at other people's promises.
    `import { readFile } from "node:fs/promises";\n${imports}export async function read(path) { try { return await readFile(path); } catch { return null; } }`,
    `import fs from "fs";\n${imports}export async function read(path) { try { return await fs.promises.readFile(path, "utf8"); } catch { return null; } }`,
    `${imports}export async function read(url) { try { return await fetch(url); } catch { return null; } }`,
    `${imports}export async function load() { try { return await import("node:sqlite"); } catch { return null; } }`,
    // try with finally only.
    `${imports}export async function f(log) { try { await sleep(1); } finally { log(); } }`,
    // An inner catch has taken it, and is reported where it is wrong.
    `${imports}export async function f(log) { try { try { await sleep(1); } catch (error) { if (isCancelled(error)) return; throw error; } } catch (error) { if (isCancelled(error)) throw error; log(error); } }`,
    // Generators that are no coroutines.
    `${imports}export function* numbers() { try { yield 1; } catch { yield 2; } }`,
    // Handlers of promises.
    `${imports}export async function f() { await sleep(1).catch((error) => { if (isCancelled(error)) throw error; }); }`,
    `${imports}export async function f() { const error = await sleep(1).catch((e) => e); return error; }`,
    `${imports}export async function f() { const task = createTask(sleep(1)); task.catch(() => {}); await wait([task]); }`,
    `${imports}sleep(1).catch(() => {}); await run(sleep(1)).catch(console.error);`,
    `${imports}export async function f(handle) { await sleep(1).catch(handle); await sleep(1).then(handle); }`,
    `${imports}export async function f(url) { return fetch(url).catch(() => null); }`,
    // Code that knows nothing of asyncio-ts.
    "export async function f(work) { try { await work(); } catch {} await work().catch(() => {}); }",
    "// as in asyncio-ts\nexport async function f(work) { try { await work(); } catch {} }",
  ],
  invalid: [
    {
      code: native("log(error);"),
      errors: [
        {
          messageId: "swallowed",
          line: 6,
          column: 7,
          suggestions: [
            { messageId: "rethrow", output: native("if (isCancelled(error)) throw error;\n      log(error);") },
          ],
        },
      ],
    },
    {
      code: native("log();", ""),
      errors: [
        {
          messageId: "swallowed",
          suggestions: [
            { messageId: "rethrow", output: native("if (isCancelled(error)) throw error;\n      log();", "(error) ") },
          ],
        },
      ],
    },
    {
      code: 'import * as asyncio from "asyncio-ts"; export async function f() { try { await asyncio.sleep(1); } catch {} }',
      errors: [
        {
          messageId: "swallowed",
          suggestions: [
            {
              messageId: "rethrow",
              output:
                'import * as asyncio from "asyncio-ts"; export async function f() { try { await asyncio.sleep(1); } catch (error) { if (asyncio.isCancelled(error)) throw error; } }',
            },
          ],
        },
      ],
    },
    {
      code: 'import { sleep as pause } from "asyncio-ts"; export async function f() { try { await pause(1); } catch (e) { return null; } }',
      errors: [
        {
          messageId: "swallowed",
          suggestions: [
            {
              messageId: "rethrow",
              output:
                'import { sleep as pause, isCancelled } from "asyncio-ts"; export async function f() { try { await pause(1); } catch (e) { if (isCancelled(e)) throw e; return null; } }',
            },
          ],
        },
      ],
    },
    {
      code: 'import { ClientSession } from "@asyncio-ts/aiohttp"; export async function f() { try { await g(new ClientSession()); } catch (e) { return null; } }',
      errors: [
        {
          messageId: "swallowed",
          suggestions: [
            {
              messageId: "rethrow",
              output:
                'import { isCancelled } from "asyncio-ts";\nimport { ClientSession } from "@asyncio-ts/aiohttp"; export async function f() { try { await g(new ClientSession()); } catch (e) { if (isCancelled(e)) throw e; return null; } }',
            },
          ],
        },
      ],
    },
    {
      code: 'const { sleep } = require("asyncio-ts"); exports.f = async () => { try { await sleep(1); } catch { return null; } };',
      languageOptions: { sourceType: "commonjs" },
      errors: [{ messageId: "swallowed", suggestions: [] }],
    },
    { code: native("return null;", "({ message }) "), errors: [{ messageId: "swallowed", suggestions: [] }] },
    // The usual retry: the last attempt alone throws.
    { code: native("if (attempt === attempts) throw error; log(error);"), errors: [{ ...swallowed, suggestions: 1 }] },
    {
      code: native("if (error instanceof TimeoutError || attempt === attempts) throw error;"),
      errors: [{ ...swallowed, suggestions: 1 }],
    },
    { code: native("if (error instanceof TimeoutError) throw error;"), errors: [{ ...swallowed, suggestions: 1 }] },
    {
      code: native("if (!(error instanceof Error)) throw error; log(error);"),
      errors: [{ ...swallowed, suggestions: 1 }],
    },
    { code: native('if (error.code === "ENOENT") throw error;'), errors: [{ ...swallowed, suggestions: 1 }] },
    { code: native("if (isTransient(error)) return null; log(error);"), errors: [{ ...swallowed, suggestions: 1 }] },
    { code: native('if (typeof error === "string") throw error;'), errors: [{ ...swallowed, suggestions: 1 }] },
    { code: native("if (log.verbose) return; throw error;"), errors: [{ ...swallowed, suggestions: 1 }] },
    { code: native("try { throw error; } catch { log(); }"), errors: [{ ...swallowed, suggestions: 1 }] },
    { code: native("for (const each of log) { throw error; }"), errors: [{ ...swallowed, suggestions: 1 }] },
    {
      code: native("switch (attempt) { case 1: throw error; default: break; }"),
      errors: [{ ...swallowed, suggestions: 1 }],
    },
    { code: native("log(() => { throw error; });"), errors: [{ ...swallowed, suggestions: 1 }] },
    { code: native("console.error(error); continue;"), errors: [{ ...swallowed, suggestions: 1 }] },
    // One catch swallows, the other never sees it.
    {
      code: `${imports}export async function f() { try { try { await sleep(1); } catch {} } catch {} }`,
      errors: [{ ...swallowed, column: 59, suggestions: 1 }],
    },
    {
      code: `${imports}export async function f(log) { try { try { await sleep(1); } catch (error) { log(error); throw error; } } catch (error) { log(error); } }`,
      errors: [{ ...swallowed, column: 107, suggestions: 1 }],
    },
    // Every way to wait.
    {
      code: `${imports}export async function f(items) { try { for await (const item of items) item(); } catch {} }`,
      errors: [{ ...swallowed, suggestions: 1 }],
    },
    {
      code: `${imports}export function* f() { try { yield* sleep(1); } catch {} }`,
      errors: [{ ...swallowed, suggestions: 1 }],
    },
    {
      code: `${imports}createTask(function* () { try { yield; } catch {} });`,
      errors: [{ ...swallowed, suggestions: 1 }],
    },
    {
      code: `${imports}export async function f(signal) { try { await fetch("/", { signal }); } catch {} }`,
      errors: [{ ...swallowed, suggestions: 1 }],
    },
    {
      code: `import { setTimeout } from "node:timers/promises";\n${imports}export async function f(t) { try { await setTimeout(5, null, { signal: t.signal }); } catch {} }`,
      errors: [{ ...swallowed, suggestions: 1 }],
    },
    // An error that is kept, and thrown by nobody.
    {
      code: `${imports}export async function all(works) { const errors = []; for (const work of works) { try { await work(); } catch (error) { errors.push(error); } } return errors; }`,
      errors: [{ ...swallowed, suggestions: 1 }],
    },
    {
      code: `${imports}export async function two(a, errors) { await a().catch((error) => errors.push(error)); await a().catch(() => errors.push(1)); }`,
      errors: [swallowed, swallowed],
    },
    // Handlers of promises.
    {
      code: `${imports}export async function f() { await sleep(1).catch(() => null); }`,
      errors: [{ messageId: "swallowed", suggestions: [] }],
    },
    {
      code: `${imports}export async function f() { return sleep(1).catch((error) => { console.log(error); }); }`,
      errors: [swallowed],
    },
    {
      code: `${imports}export async function f(ok) { await sleep(1).then(ok, () => null).finally(ok); }`,
      errors: [swallowed],
    },
    {
      code: `${imports}const ignore = () => {}; export const f = async () => sleep(1).catch(ignore); export const g = async () => await sleep(1).catch(console.error);`,
      errors: [swallowed, swallowed],
    },
    {
      code: `${imports}createTask(() => sleep(1).catch(() => null));`,
      errors: [swallowed],
    },
  ],
  typescript: {
    valid: [
      `${imports}export async function f() { try { await sleep(1); } catch (error) { if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error; } }`,
    ],
    invalid: [
      {
        code: `${imports}export async function f() { try { await sleep(1); } catch (error: unknown) { console.log((error as Error).message); } }`,
        errors: [{ ...swallowed, suggestions: 1 }],
      },
    ],
  },
});
