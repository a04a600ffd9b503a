import { testRule } from "../testing/rule-tester.ts";
import { noMillisecondDelay } from "./no-millisecond-delay.ts";

const imports = 'import { getRunningLoop, sleep, timeout, wait, waitFor } from "asyncio-ts";\n';

function long(code: (delay: string) => string, delay: string, value: number, data: Record<string, string>) {
  return {
    code: imports + code(delay),
    errors: [
      {
        messageId: "long",
        data: { milliseconds: `"${value}ms"`, seconds: `"${value}s"`, ...data },
        suggestions: [
          { messageId: "toMilliseconds", output: imports + code(`"${value}ms"`) },
          { messageId: "toSeconds", output: imports + code(`"${value}s"`) },
        ],
      },
    ],
  };
}

testRule("no-millisecond-delay", noMillisecondDelay, {
  valid: [
    `${imports}await sleep(99.9); await sleep("1500ms"); await sleep("1h"); await sleep(Infinity); await sleep(NaN);`,
    `${imports}const HOUR = 3600; await sleep(HOUR); await sleep(60 * 1.5); await sleep(1000 / 50);`,
    `${imports}await waitFor(sleep(1), null); await wait([], { timeout: 5, other: 5000 }); await sleep(1, 5000);`,
    `${imports}const items = 1; const params = 2; const forms = 3; await sleep(items); await sleep(params); await sleep(forms);`,
    `${imports}setTimeout(() => {}, 1500);`,
    `${imports}getRunningLoop().callAt(5000, () => {}); getRunningLoop().slowCallbackDuration = 0.1;`,
    { code: `${imports}await sleep(1500);`, options: [{ limit: 3600 }] },
    "const sleep = (delay) => delay; sleep(1500);",
    'import { sleep } from "radash"; await sleep(1500);',
    "loop.callLater(1500, () => {});",
  ],
  invalid: [
    long((delay) => `await sleep(${delay});`, "1500", 1500, { what: "sleep()", duration: "25 minutes" }),
    long((delay) => `await sleep(${delay});`, "5 * 1000", 5000, { what: "sleep()", duration: "83.3 minutes" }),
    long((delay) => `await timeout(${delay}, async () => {});`, "100", 100, {
      what: "timeout()",
      duration: "100 seconds",
    }),
    long((delay) => `await waitFor(sleep(1), ${delay});`, "30_000", 30_000, {
      what: "waitFor()",
      duration: "8.3 hours",
    }),
    long((delay) => `await wait([], { timeout: ${delay} });`, "250", 250, { what: "wait()", duration: "4.2 minutes" }),
    long((delay) => `getRunningLoop().callLater(${delay}, () => {});`, "500", 500, {
      what: "callLater()",
      duration: "8.3 minutes",
    }),
    long((delay) => `const pause = sleep; await pause(${delay});`, "1e6", 1_000_000, {
      what: "sleep()",
      duration: "11.6 days",
    }),
    {
      code: 'import { RateLimiter, retry, wrapPromise } from "asyncio-ts"; new RateLimiter({ limit: 200, interval: 1000 }); await retry(f, { attempts: 500, delay: 250 }); await wrapPromise(f, { grace: 500 }); function f() {}',
      errors: Array.from({ length: 3 }, () => ({ messageId: "long", suggestions: 2 })),
    },
    {
      code: `${imports}await sleep(5);`,
      options: [{ limit: 5 }],
      errors: [{ messageId: "long", suggestions: 2 }],
    },
    {
      code: 'const asyncio = require("asyncio-ts"); asyncio.sleep(1500); asyncio.failAfter(200, () => {});',
      errors: [
        { messageId: "long", suggestions: 2 },
        { messageId: "long", suggestions: 2 },
      ],
    },
    {
      code: `${imports}const delayMs = 5; await sleep(delayMs);`,
      errors: [
        {
          messageId: "named",
          data: { what: "sleep()", text: "delayMs", milliseconds: `\`\${delayMs}ms\`` },
          suggestions: [
            { messageId: "toMilliseconds", output: `${imports}const delayMs = 5; await sleep(\`\${delayMs}ms\`);` },
          ],
        },
      ],
    },
    {
      code: `${imports}const o = { TIMEOUT_MS: 1, ms: 1 }; await sleep(o.TIMEOUT_MS); await wait([], { timeout: o.ms });`,
      errors: [
        { messageId: "named", suggestions: 1 },
        { messageId: "named", suggestions: 1 },
      ],
    },
    {
      code: `${imports}const loop = getRunningLoop(); loop.slowCallbackDuration = 100;`,
      errors: [
        {
          messageId: "slow",
          data: { duration: "100 seconds", seconds: "0.1" },
          suggestions: [
            {
              messageId: "toMilliseconds",
              output: `${imports}const loop = getRunningLoop(); loop.slowCallbackDuration = 0.1;`,
            },
          ],
        },
      ],
    },
  ],
  typescript: {
    invalid: [
      {
        code: `${imports}await sleep(1500 as number);`,
        errors: [{ messageId: "long", suggestions: 2 }],
      },
    ],
  },
});
