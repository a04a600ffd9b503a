// Checks the floors of packages/asyncio/src (see CONTRIBUTING.md, "The house"): a file imports only from its own floor
// or from those below, nobody imports the package's index.ts, and no imports form a circle.

import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { listFiles } from "./setup.mjs";

/** From the bottom to the top. */
export const floors = [
  "host",
  "loop",
  "tasks",
  "sync",
  "structured",
  "interop",
  "net",
  "process",
  "border",
  "executors",
  "threading",
  "concurrent",
  "multiprocessing",
  "inspect",
  "testing",
  "index.ts",
];

/**
 * @param {Map<string, string>} sources text by path below src/, with forward slashes
 * @returns {string[]} one line for each broken rule
 */
export function checkLayers(sources) {
  const problems = [];
  const graph = new Map();
  for (const [file, text] of sources) {
    const floor = floorOf(file);
    if (floor < 0) problems.push(`${file}: lies on no floor (${floors.join(", ")})`);
    const targets = [];
    for (const { specifier, line, typeOnly } of importsOf(file, text)) {
      if (!specifier.startsWith(".")) {
        if (/^asyncio-ts(\/|$)/.test(specifier)) problems.push(`${file}:${line}: imports its own package by name`);
        continue;
      }
      const target = posix.normalize(posix.join(posix.dirname(file), specifier));
      if (!sources.has(target)) problems.push(`${file}:${line}: imports ${specifier}, which does not exist`);
      else if (target === "index.ts") problems.push(`${file}:${line}: imports the package's index.ts`);
      else if (floor >= 0 && floorOf(target) > floor) {
        problems.push(
          `${file}:${line}: ${floors[floor]} is below ${floors[floorOf(target)]}, it cannot import ${target}`,
        );
      }
      if (!typeOnly) targets.push(target);
    }
    graph.set(file, targets);
  }
  return [...problems, ...circlesOf(graph).map((circle) => `circle of imports: ${circle.join(" → ")}`)];
}

function floorOf(file) {
  return floors.indexOf(file.split("/")[0]);
}

/**
 * Every `import`, `export … from`, `import()` and `import("…").Type`. `import { type A }` is no import of types only:
 * the module is loaded all the same.
 */
function importsOf(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  const found = [];
  const add = (literal, typeOnly) => {
    const { line } = source.getLineAndCharacterOfPosition(literal.getStart(source));
    found.push({ specifier: literal.text, line: line + 1, typeOnly });
  };
  const visit = (node) => {
    if (ts.isImportDeclaration(node)) {
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
      add(node.moduleSpecifier, node.isTypeOnly);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      if (ts.isStringLiteralLike(node.arguments[0])) add(node.arguments[0], false);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal, true);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Each circle once, as the path that closes it. */
function circlesOf(graph) {
  const circles = [];
  const done = new Set();
  const path = [];
  const visit = (file) => {
    const start = path.indexOf(file);
    if (start >= 0) circles.push([...path.slice(start), file]);
    if (start >= 0 || done.has(file)) return;
    path.push(file);
    for (const target of graph.get(file) ?? []) visit(target);
    path.pop();
    done.add(file);
  };
  for (const file of graph.keys()) visit(file);
  return circles;
}

/** The sources below a folder, without tests and benchmarks: those may look at everything. */
export function readSources(folder) {
  const files = listFiles(folder, /(?<!\.(test|bench))\.ts$/, folder);
  return new Map(files.map((file) => [file, readFileSync(join(folder, file), "utf8")]));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const sources = readSources(fileURLToPath(new URL("../packages/asyncio/src", import.meta.url)));
  const problems = checkLayers(sources);
  for (const problem of problems) console.error(problem);
  console.log(`${sources.size} files, ${problems.length} problems`);
  process.exit(problems.length > 0 ? 1 : 0);
}
