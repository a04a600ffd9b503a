import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";

const internal =
  /^\s+at .*(?:\/packages\/asyncio\/(?:dist|src)\/|\/node_modules\/asyncio-ts\/|\bnode:|\/tools\/program\/)/;

/** Prints an error that ended a program: the line it came from and the stack, both of the user's own code. */
export function report(error) {
  const text = syntaxError(error) ?? stackOf(error);
  process.stderr.write(`${text}\n`);
}

function stackOf(error) {
  const lines = inspect(error, { colors: process.stderr.isTTY }).split("\n");
  const own = lines.filter((line) => !internal.test(line)).map(plainPath);
  return `${sourceLine(own)}${error instanceof Error ? "" : "Uncaught "}${own.join("\n")}`;
}

/** Frames name modules by URL; a path can be clicked in every terminal. */
function plainPath(line) {
  return line.replace(/file:\/\/[^\s)]+?(?=:\d+:\d+)/, (url) => fileURLToPath(url));
}

/** What node shows above an uncaught error: place, line, caret. */
function sourceLine(stack) {
  const frame = stack.find((line) => /^\s+at /.test(line)) ?? "";
  const match = /\(?(\/[^()]*?|[A-Z]:\\[^()]*?):(\d+):(\d+)\)?/.exec(frame);
  if (match === null) return "";
  const [, file, line, column] = match;
  try {
    const source = readFileSync(file, "utf8").split("\n")[line - 1];
    const indent = source.slice(0, column - 1).replace(/\S/g, " ");
    return `${relative(process.cwd(), file)}:${line}\n${source}\n${indent}^\n\n`;
  } catch {
    return "";
  }
}

/** A program that does not parse: esbuild knows the place. */
function syntaxError(error) {
  if (!Array.isArray(error?.errors) || error.errors[0]?.location === undefined) return null;
  return error.errors
    .filter(({ location }) => location !== null)
    .map(({ text, location: { file, line, column, lineText } }) => {
      const path = file.startsWith("file:") ? relative(process.cwd(), fileURLToPath(file)) : file;
      return `${path}:${line}\n${lineText}\n${" ".repeat(column)}^\n\nSyntaxError: ${text}`;
    })
    .join("\n\n");
}
