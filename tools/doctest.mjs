// Checks the documents: README.md, docs/**/*.md and packages/*/README.md.
//   ```ts / ```js      type-checked (ts), run, and compared with what the document says it prints: `// => text`
//                      comments in the block, or a ```text block right after it; `…` stands for any text
//   ```ts no-run       type-checked only
//   ```ts file=jobs.ts type-checked, and there as "./jobs.ts" for the other blocks; each document has names of its own
//   ```sh              the npm scripts it names exist
// node tools/doctest.mjs [part-of-a-file-name]

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { bin, execute, listFiles, root } from "./setup.mjs";

const folder = join(root, ".cache/doctest");
const parallel = 2;

/** @returns {Promise<{ passed: number, failed: number, problems: string[] }>} */
export async function runDoctests(only = "") {
  const documents = listFiles(root, /^(README\.md|docs\/.*\.md|packages\/[^/]+\/README\.md)$/);
  const blocks = documents
    .filter((file) => file.includes(only))
    .flatMap((file) => blocksOf(file, readFileSync(join(root, file), "utf8")));
  const programs = blocks.filter(({ language }) => /^(ts|js|typescript|javascript)$/.test(language));
  writePrograms(programs);
  const failures = new Map();
  const fail = (place, text) => failures.set(place, `${failures.get(place) ?? ""}${place}: ${text}\n`);
  const files = new Set();
  for (const { place, name } of programs.filter((block) => fileOf(block) !== null)) {
    if (files.has(name)) fail(place, `there is another block with file=${name}`);
    files.add(name);
  }
  if (programs.length > 0) {
    const types = await execute(process.execPath, [bin("typescript", "bin/tsc"), "-p", folder, "--pretty", "false"]);
    reportTypeErrors(types, programs, fail);
  }
  const waiting = programs.filter(({ place, info }) => !/no-run|file=/.test(info) && !failures.has(place));
  const worker = async () => {
    for (let block = waiting.shift(); block !== undefined; block = waiting.shift()) {
      const problem = await runBlock(block);
      if (problem !== null) fail(block.place, problem);
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  const shells = blocks.filter(({ language }) => /^(sh|bash|shell)$/.test(language));
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  for (const { place, text } of shells) {
    for (const name of scriptsIn(text)) if (!(name in scripts)) fail(place, `there is no npm script "${name}"`);
  }
  const total = programs.length + shells.length;
  return { passed: total - failures.size, failed: failures.size, problems: [...failures.values()] };
}

/** The fenced blocks of a document, each with the line on which its text starts. */
export function blocksOf(file, markdown) {
  const lines = markdown.split("\n");
  const blocks = [];
  for (let index = 0; index < lines.length; index++) {
    const fence = /^(\s*)(`{3,}|~{3,})\s*(\S*)\s*(.*)$/.exec(lines[index]);
    if (fence === null) continue;
    const [, indent, mark, language, info] = fence;
    const start = index + 1;
    index = start;
    while (index < lines.length && lines[index].trim() !== mark) index += 1;
    const text = lines
      .slice(start, index)
      .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
      .join("\n");
    blocks.push({ file, line: start + 1, place: `${file}:${start + 1}`, language, info, text, end: index });
  }
  blocks.forEach((block, index) => {
    block.expected = expectedOutput(block, blocks[index + 1], lines);
  });
  return blocks;
}

/** The lines a block should print, or null when the document does not say. */
function expectedOutput(block, next, lines) {
  const comments = [...block.text.matchAll(/\/\/ => ?(.*)$/gm)].map((match) => match[1].trimEnd());
  if (comments.length > 0) return comments;
  const between = next === undefined ? ["-"] : lines.slice(block.end + 1, next.line - 2);
  const follows = next?.language === "text" && between.every((line) => line.trim() === "");
  return follows ? trimmed(next.text) : null;
}

export function matches(expected, printed) {
  return (
    expected.length === printed.length &&
    expected.every((line, index) => {
      const pattern = line.split("…").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
      return new RegExp(`^${pattern.join(".*")}$`).test(printed[index]);
    })
  );
}

export function scriptsIn(shell) {
  const commands = shell.matchAll(/\bnpm (?:(?:run|run-script) ([\w:-]+)|(start|test)\b)/g);
  return [...commands].map((match) => match[1] ?? match[2]);
}

/** The name that a block has as a module for others, or null. */
export function fileOf({ info }) {
  return /(?:^|\s)file=(\S+)/.exec(info)?.[1] ?? null;
}

function writePrograms(blocks) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const block of blocks) {
    const type = /^(ts|typescript)$/.test(block.language) ? "ts" : "js";
    block.name = fileOf(block) ?? `${block.file.replace(/\W+/g, "-")}-${block.line}.${type}`;
    const module = /^\s*(import|export)\b/m.test(block.text) ? "" : "\nexport {};";
    // Padded, so that errors and stacks name the document's lines.
    writeFileSync(join(folder, block.name), `${"\n".repeat(block.line - 1)}${block.text}${module}\n`);
  }
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
  const config = {
    extends: "../../tsconfig.base.json",
    compilerOptions: {
      types: ["node"],
      lib: ["ES2024", "ESNext.Disposable"],
      noEmit: true,
      composite: false,
      declaration: false,
      declarationMap: false,
      allowJs: true,
      noPropertyAccessFromIndexSignature: false,
    },
    include: ["*.ts", "*.js"],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config, null, 2));
}

function reportTypeErrors({ code, output, errors }, programs, fail) {
  let named = false;
  for (const line of output.split("\n")) {
    const match = /([\w-]+\.[tj]s)\((\d+),\d+\): error (.*)$/.exec(line);
    const block = match && programs.find(({ name }) => name === match[1]);
    if (!block) continue;
    named = true;
    fail(block.place, `line ${match[2]}: ${match[3]}`);
  }
  if (code !== 0 && !named) fail("documents", `tsc failed\n${output}${errors}`);
}

async function runBlock({ name, expected }) {
  const preload = pathToFileURL(join(root, "tools/program/preload.mjs")).href;
  const args = ["--enable-source-maps", "--import", preload, join(folder, name)];
  const { code, output, errors } = await execute(process.execPath, args, { deadline: 60, cwd: folder });
  if (code !== 0) return `exit code ${code}\n${output}${errors}`;
  const printed = trimmed(output);
  if (expected === null || matches(expected, printed)) return null;
  return `printed\n${printed.map((line) => `    ${line}\n`).join("")}  expected\n${expected.map((line) => `    ${line}\n`).join("")}`;
}

function trimmed(text) {
  const lines = text.split("\n").map((line) => line.trimEnd());
  while (lines.at(-1) === "") lines.pop();
  return lines;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { passed, failed, problems } = await runDoctests(process.argv[2]);
  for (const problem of problems) console.error(problem);
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed > 0 ? 1 : 0);
}
