// Module hooks that serve both of node's forms: `registerHooks` (in the same thread) and `register` (Node 20).

import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { transformSync } from "esbuild";

const checkout = new URL("../../package.json", import.meta.url).href;
const typescript = /\.(?:ts|mts|tsx)$/;

export function resolve(specifier, context, next) {
  const { parentURL } = context;
  if (/^asyncio-ts(?:\/|$)/.test(specifier) && !resolvable(specifier, parentURL)) {
    return next(specifier, { ...context, parentURL: checkout });
  }
  if (parentURL !== undefined && /^\.\.?\//.test(specifier) && typescript.test(pathOf(parentURL))) {
    return next(sourceOf(specifier, parentURL), context);
  }
  return next(specifier, context);
}

export function load(url, context, next) {
  const path = url.startsWith("file:") ? pathOf(url) : "";
  if (!typescript.test(path) || path.includes("/node_modules/")) return next(url, context);
  const { code } = transformSync(readFileSync(fileURLToPath(path), "utf8"), {
    // Always a module: a program in a folder without package.json may use top-level await, too.
    format: "esm",
    // esbuild renames an inner function that shadows an outer name; tasks print the names of their coroutines.
    keepNames: true,
    loader: path.endsWith("x") ? "tsx" : "ts",
    logLevel: "silent",
    sourcefile: url,
    sourcemap: "inline",
    sourcesContent: false,
    target: `node${process.versions.node}`,
  });
  return { format: "module", source: code, shortCircuit: true };
}

function resolvable(specifier, parentURL) {
  try {
    createRequire(parentURL ?? checkout).resolve(specifier);
    return true;
  } catch {
    return false;
  }
}

/** TypeScript's ways of naming a source: `./a.ts` as it is, `./a.js` for a.ts, `./a`, `./folder`. */
function sourceOf(specifier, parentURL) {
  const here = (name) => existsSync(fileURLToPath(new URL(name, parentURL)));
  const candidates = [
    specifier.replace(/\.(m?)js$/, ".$1ts"),
    specifier.replace(/\.jsx?$/, ".tsx"),
    `${specifier}.ts`,
    `${specifier}.tsx`,
    `${specifier}/index.ts`,
  ];
  const file = /\.\w+$/.test(specifier) && here(specifier);
  return file ? specifier : (candidates.find((name) => name !== specifier && here(name)) ?? specifier);
}

function pathOf(url) {
  return url.replace(/[?#].*$/, "");
}
