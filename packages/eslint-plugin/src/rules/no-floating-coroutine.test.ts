import { testRule } from "../testing/rule-tester.ts";
import { noFloatingCoroutine } from "./no-floating-coroutine.ts";

const imports = 'import { coroutine, createTask, gather, run, sleep, taskGroup, timeout } from "asyncio-ts";\n';

testRule("no-floating-coroutine", noFloatingCoroutine, {
  valid: [
    `${imports}export async function f() { await sleep(1); }`,
    `${imports}export const f = coroutine(function* () { yield* sleep(1); yield; });`,
    `${imports}export const f = () => sleep(1);`,
    `${imports}export const f = () => { const later = sleep(1); return later; };`,
    `${imports}export const f = async () => { createTask(sleep(1)); gather(sleep(1), sleep(2)); };`,
    `${imports}const work = coroutine(async () => 5); export const f = async () => { createTask(work()); await work(); };`,
    `${imports}export const f = async () => { sleep(1).then(console.log); sleep(1).close(); };`,
    // Whoever drives this generator gets coroutines, and may want them.
    `${imports}function* all() { yield sleep(1); yield sleep(2); } await run(async () => { await gather(...all()); });`,
    `${imports}function* all() { yield sleep(1); } for (const each of all()) each.close();`,
    `${imports}export async function* all() { yield sleep(1); }`,
    // Another function of the same name.
    "function sleep() {} export async function f() { sleep(1); }",
    `${imports}{ const sleep = (delay) => delay; sleep(1); }`,
    `${imports}[1, 2].map((delay) => sleep(delay));`,
    `${imports}[1, 2].forEach((delay) => createTask(sleep(delay)));`,
    'import * as asyncio from "asyncio-ts"; asyncio.run(asyncio.sleep(1));',
    'import { Queue } from "asyncio-ts"; const queue = new Queue(); queue.putNowait(1); queue.qsize();',
  ],
  invalid: [
    {
      code: `${imports}export async function f() { sleep(1); }`,
      errors: [
        {
          messageId: "floating",
          data: { call: "sleep(1)" },
          suggestions: [{ messageId: "addAwait", output: `${imports}export async function f() { await sleep(1); }` }],
        },
      ],
    },
    {
      code: `${imports}export const f = coroutine(function* () { sleep(1); });`,
      errors: [
        {
          messageId: "floating",
          suggestions: [
            {
              messageId: "addYield",
              output: `${imports}export const f = coroutine(function* () { yield* sleep(1); });`,
            },
          ],
        },
      ],
    },
    // No await is possible here: no suggestion.
    { code: `${imports}export function f() { sleep(1); }`, errors: [{ messageId: "floating", suggestions: [] }] },
    {
      code: `${imports}export async function f() { void sleep(1); }`,
      errors: [{ messageId: "floating", suggestions: [] }],
    },
    {
      code: `${imports}export function f(x) { x && sleep(1); x ? sleep(2) : sleep(3); (sleep(4), sleep(5)); }`,
      errors: Array.from({ length: 5 }, () => ({ messageId: "floating" })),
    },
    {
      code: `${imports}const work = coroutine(async () => 5);\nfunction f() { work(); }\nf();`,
      errors: [{ messageId: "floating", line: 3, column: 16 }],
    },
    {
      code: `${imports}class Greeter { greet = coroutine(async () => {}); f() { this.greet(); } }`,
      errors: [{ messageId: "floating" }],
    },
    {
      code: `${imports}taskGroup((group) => { group.start(async () => {}); group.createTask(sleep(1)); return sleep(1); });`,
      errors: [
        {
          messageId: "floating",
          suggestions: [
            {
              messageId: "addAwait",
              output: `${imports}await taskGroup((group) => { group.start(async () => {}); group.createTask(sleep(1)); return sleep(1); });`,
            },
          ],
        },
        { messageId: "floating", suggestions: [] },
      ],
    },
    {
      code: `${imports}[1, 2].forEach((delay) => sleep(delay)); setTimeout(() => sleep(1), 5);`,
      errors: [
        { messageId: "dropped", data: { caller: "forEach()" } },
        { messageId: "dropped", data: { caller: "setTimeout()" } },
      ],
    },
    {
      code: 'import { Queue, openMemoryChannel, Lock } from "asyncio-ts"; const [send, receive] = openMemoryChannel(1); const lock = new Lock(); export class A { #queue = new Queue(); f() { this.#queue.put(1); this.#queue.putNowait(1); send.send(1); receive.receive(); lock.acquire(); } }',
      errors: Array.from({ length: 4 }, () => ({ messageId: "floating" })),
    },
    {
      code: 'import * as asyncio from "asyncio-ts"; export function f() { asyncio.sleep(1); asyncio["sleep"](2); }',
      errors: [{ messageId: "floating" }, { messageId: "floating" }],
    },
    {
      code: 'import { sleep as pause } from "asyncio-ts"; export function f() { pause(1); }',
      errors: [{ messageId: "floating" }],
    },
    {
      code: 'const { sleep: pause } = await import("asyncio-ts"); export function f() { pause(1); }',
      errors: [{ messageId: "floating" }],
    },
    {
      code: 'import * as asyncio from "asyncio-ts"; const { sleep } = asyncio; export function f() { sleep(1); }',
      errors: [{ messageId: "floating" }],
    },
    // The star.
    {
      code: `${imports}export const f = coroutine(function* () { yield sleep(1); });`,
      output: `${imports}export const f = coroutine(function* () { yield* sleep(1); });`,
      errors: [{ messageId: "star", data: { call: "sleep(1)" } }],
    },
    {
      code: `${imports}function* main() { yield sleep(1); }\nawait run(main());`,
      output: `${imports}function* main() { yield* sleep(1); }\nawait run(main());`,
      errors: [{ messageId: "star" }],
    },
    {
      code: `${imports}export function* steps() { yield* sleep(1); yield createTask(sleep(2)); }`,
      output: `${imports}export function* steps() { yield* sleep(1); yield* createTask(sleep(2)); }`,
      errors: [{ messageId: "star" }],
    },
    {
      code: `${imports}await run(timeout(5, function* () { yield gather(sleep(1)); }));`,
      output: `${imports}await run(timeout(5, function* () { yield* gather(sleep(1)); }));`,
      errors: [{ messageId: "star" }],
    },
  ],
  typescript: {
    valid: [`${imports}export const f = async () => { await (sleep(1) as PromiseLike<void>); };`],
    invalid: [
      {
        code: 'import { type TaskGroup } from "asyncio-ts"; export function f(group: TaskGroup) { group.start(async () => {}); }',
        errors: [{ messageId: "floating" }],
      },
      {
        code: 'import type * as asyncio from "asyncio-ts"; export class A { constructor(private group: asyncio.TaskGroup) {} f() { this.group.start(async () => {})!; } }',
        errors: [{ messageId: "floating" }],
      },
    ],
  },
  typed: {
    valid: [
      `${imports}const later = sleep(1); Object.defineProperty(later, "label", { value: 5 }); Object.freeze(later); await later;`,
      // Lists, promises and other people's coroutines.
      `${imports}class Coroutine { send() {} } const make = () => new Coroutine(); make();`,
      `${imports}const start = async () => {}; export function f() { start(); void start(); }`,
      `${imports}const start = () => createTask(sleep(1)); export function f() { start(); }`,
    ],
    invalid: [
      {
        code: `${imports}const tools = { pause: () => sleep(1) }; export function f() { tools.pause(); }`,
        errors: [{ messageId: "floating" }],
      },
      {
        code: 'import type { Coroutine } from "asyncio-ts"; declare const both: () => Coroutine<number[]> & AsyncIterable<number>; both();',
        errors: [{ messageId: "floating", suggestions: 1 }],
      },
      {
        code: `${imports}const make = () => coroutine(async () => 5); export function f() { make()(); }`,
        errors: [{ messageId: "floating" }],
      },
      {
        code: `${imports}const maybe = (x: boolean) => (x ? sleep(1) : undefined); export function f() { maybe(true); }`,
        errors: [{ messageId: "floating" }],
      },
      {
        code: `${imports}const pause = () => sleep(1); export const f = coroutine(function* () { (yield pause()) as never; });`,
        output: `${imports}const pause = () => sleep(1); export const f = coroutine(function* () { (yield* pause()) as never; });`,
        errors: [{ messageId: "star" }],
      },
    ],
  },
});
