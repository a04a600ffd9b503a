// The ESLint plugin over this repository's own programs: the examples, the documents, and docs/linting.md, whose blocks
// say themselves which of them are wrong.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import plugin from "@asyncio-ts/eslint-plugin";
import * as parser from "@typescript-eslint/parser";
import { ESLint } from "eslint";
import { beforeAll, describe, expect, it } from "vitest";
import { blocksOf } from "./doctest.mjs";
import { listFiles, root } from "./setup.mjs";

const linting = "docs/linting.md";

/** Mistakes that a document makes to show what comes of them. */
const deliberate = [
  "docs/cancellation.md @asyncio-ts/no-swallowed-cancelled-error",
  "docs/diagnostics.md @asyncio-ts/no-floating-coroutine",
  "docs/diagnostics.md @asyncio-ts/no-swallowed-cancelled-error",
  "docs/why.md @asyncio-ts/no-floating-coroutine",
  "docs/why.md @asyncio-ts/no-swallowed-cancelled-error",
];

const examples = listFiles(join(root, "examples"), /(?<!\.test)\.ts$/);
const blocks = listFiles(root, /^(README\.md|docs\/.*\.md|packages\/[^/]+\/README\.md)$/)
  .flatMap((file) => blocksOf(file, readFileSync(join(root, file), "utf8")))
  .filter(({ language }) => /^[tj]s$/.test(language));

/** The documents' programs as files, and a project around them and the examples. */
function writeProject() {
  const folder = join(root, ".cache/eslint-plugin");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const block of blocks) {
    block.path = join(folder, `${block.file.replace(/\W+/g, "-")}-${block.line}.${block.language}`);
    writeFileSync(block.path, `${"\n".repeat(block.line - 1)}${block.text}\n`);
  }
  const core = "../../packages/asyncio/src";
  const config = {
    extends: "../../tsconfig.base.json",
    compilerOptions: {
      types: ["node"],
      lib: ["ES2024", "ESNext.Disposable"],
      noEmit: true,
      composite: false,
      allowJs: true,
      paths: { "asyncio-ts": [`${core}/index.ts`], "asyncio-ts/*": [`${core}/*/index.ts`] },
    },
    include: ["*.ts", "*.js", "../../examples/**/*.ts"],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  return join(folder, "tsconfig.json");
}

/** @returns {Promise<Map<string, { ruleId: string, line: number, message: string }[]>>} what was found, by path */
async function lint(parserOptions) {
  const languageOptions = { parser, parserOptions };
  const config = [{ files: ["**/*.ts", "**/*.js"], languageOptions }, plugin.configs.recommended];
  const eslint = new ESLint({ cwd: root, overrideConfigFile: true, overrideConfig: config });
  const found = new Map();
  for (const path of [...examples.map((file) => join(root, file)), ...blocks.map((block) => block.path)]) {
    const [result] = await eslint.lintText(readFileSync(path, "utf8"), { filePath: path });
    found.set(path, result.messages);
  }
  return found;
}

const project = writeProject();

for (const [how, parserOptions] of [
  ["without types", {}],
  ["with types", { project, tsconfigRootDir: root }],
]) {
  describe(`our own programs, ${how}`, () => {
    let found;
    beforeAll(async () => {
      found = await lint(parserOptions);
    }, 120_000);

    it("the examples are clean", () => {
      expect(examples.length).toBeGreaterThan(40);
      for (const file of examples) expect([file, found.get(join(root, file))]).toEqual([file, []]);
    });

    it("the documents are clean", () => {
      const others = blocks.filter(({ file }) => file !== linting);
      expect(others.length).toBeGreaterThan(50);
      const reported = others.flatMap(({ file, path }) =>
        found.get(path).map(({ ruleId, line, message }) => ({ where: `${file} ${ruleId}`, line, message })),
      );
      expect(reported.filter(({ where }) => !deliberate.includes(where))).toEqual([]);
      expect([...new Set(reported.map(({ where }) => where))]).toEqual(deliberate);
    });

    it("docs/linting.md is right about what is wrong", () => {
      const lines = readFileSync(join(root, linting), "utf8").split("\n");
      const heading = (line) =>
        lines
          .slice(0, line)
          .findLast((text) => text.startsWith("## "))
          ?.slice(3);
      const shown = new Set();
      for (const { file, line, path, info, place } of blocks) {
        if (file !== linting) continue;
        const rules = [...new Set(found.get(path).map(({ ruleId }) => ruleId))];
        const wrong = info.includes("wrong");
        expect([place, rules]).toEqual([place, wrong ? [`@asyncio-ts/${heading(line)}`] : []]);
        if (wrong) shown.add(heading(line));
      }
      expect([...shown].sort()).toEqual(Object.keys(plugin.rules).sort());
    });
  });
}
