// The real ESLint with the recommended configuration, over a small project in which every mistake is made once.
import * as parser from "@typescript-eslint/parser";
import { ESLint } from "eslint";
import { defineConfig } from "eslint/config";
import { describe, expect, it } from "vitest";
import plugin from "./index.ts";

const files: Record<string, string> = {
  "main.js": `import { gather, run, sleep } from "asyncio-ts";
import { load } from "./load.js";

async function local() {}

await run(async () => {
  await gather(load("a"), local());
  sleep(1);
});
`,
  "load.js": `import { coroutine, sleep } from "asyncio-ts";

export const load = coroutine(async (name) => {
  try {
    await sleep("200ms");
  } catch {
    return null;
  }
  await sleep(1500);
  return name;
});
`,
  "jobs.js": `import { toThread } from "asyncio-ts";

export const hash = (text) => toThread(() => text.length);
`,
  "other.js": `import { sleep } from "radash";

export async function other(work) {
  try {
    await work();
  } catch {
    work();
  }
  sleep(1500);
}
`,
};

async function lint(config: object[]): Promise<string[]> {
  const eslint = new ESLint({ overrideConfigFile: true, overrideConfig: config });
  const found: string[] = [];
  for (const [filePath, code] of Object.entries(files)) {
    for (const { messages } of await eslint.lintText(code, { filePath })) {
      for (const { ruleId, line, message } of messages) found.push(`${filePath}:${line} ${ruleId ?? message}`);
    }
  }
  return found;
}

const mistakes = [
  "main.js:7 @asyncio-ts/no-async-call-in-gather",
  "main.js:8 @asyncio-ts/no-floating-coroutine",
  "load.js:6 @asyncio-ts/no-swallowed-cancelled-error",
  "load.js:9 @asyncio-ts/no-millisecond-delay",
  "jobs.js:3 @asyncio-ts/no-closure-for-executor",
];

describe("the recommended configuration", () => {
  it("finds every mistake once", { timeout: 60_000 }, async () => {
    expect(await lint([plugin.configs.recommended])).toEqual(mistakes);
    const extended = defineConfig({ plugins: { "@asyncio-ts": plugin }, extends: ["@asyncio-ts/recommended"] });
    expect(await lint(extended)).toEqual(mistakes);
  });

  it("finds them with TypeScript's parser, too", { timeout: 60_000 }, async () => {
    expect(await lint([{ languageOptions: { parser } }, plugin.configs.recommended])).toEqual(mistakes);
  });

  it("turns every rule on, and every rule is documented", () => {
    const names = Object.keys(plugin.rules ?? {});
    expect(Object.keys(plugin.configs.recommended.rules ?? {})).toEqual(names.map((name) => `@asyncio-ts/${name}`));
    for (const rule of Object.values(plugin.rules ?? {})) {
      expect(rule).toMatchObject({
        meta: { type: "problem", docs: { description: expect.stringMatching(/^Disallow /) } },
      });
    }
  });

  it("can repair: a suggestion of each kind leaves nothing to report", { timeout: 60_000 }, async () => {
    const eslint = new ESLint({ overrideConfigFile: true, overrideConfig: [plugin.configs.recommended] });
    for (const [filePath, source] of Object.entries(files)) {
      let code = source;
      for (;;) {
        const [result] = await eslint.lintText(code, { filePath });
        const fix = result?.messages[0]?.suggestions?.[0]?.fix;
        expect(result?.messages.length === 0 || fix !== undefined).toBe(true);
        if (fix === undefined) break;
        code = code.slice(0, fix.range[0]) + fix.text + code.slice(fix.range[1]);
      }
    }
  });
});
