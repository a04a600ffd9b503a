// Bundles the program of the executors' workers into a text that the package carries: a worker is started from it, so
// that no bundler of a user's has to find one more file.
//   node tools/worker-source.mjs          writes packages/asyncio/src/executors/worker-source.ts
//   node tools/worker-source.mjs --check  tells whether it is up to date

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { root } from "./setup.mjs";

const folder = join(root, "packages/asyncio/src/executors");
const target = join(folder, "worker-source.ts");

/** @returns {Promise<string>} what `worker-source.ts` should be */
export async function makeWorkerSource() {
  const { outputFiles } = await build({
    entryPoints: [join(folder, "worker/main.ts")],
    bundle: true,
    write: false,
    format: "iife",
    platform: "neutral",
    target: "node20",
    // Names of classes and functions are data: errors are told apart by them.
    minifyWhitespace: true,
    minifySyntax: true,
    keepNames: false,
    logLevel: "silent",
  });
  // Bun takes a text that begins with a directive for a CommonJS module, and ends the process after it.
  const text = outputFiles[0].text.trimEnd().replace(/^"use strict";\(\(\) ?=> ?\{/, '(()=>{"use strict";');
  if (!text.startsWith('(()=>{"use strict";')) throw new Error(`unexpected beginning: ${text.slice(0, 40)}`);
  const source = JSON.stringify(text);
  return `// Made by tools/worker-source.mjs from worker/main.ts and what it imports. Do not edit.\nexport const workerSource: string =\n  ${source};\n`;
}

export function readWorkerSource() {
  return readFileSync(target, "utf8");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const source = await makeWorkerSource();
  if (process.argv.includes("--check")) {
    if (source !== readWorkerSource()) {
      console.error("executors/worker-source.ts is out of date: node tools/worker-source.mjs");
      process.exit(1);
    }
  } else {
    writeFileSync(target, source);
    console.log(`${(source.length / 1024).toFixed(1)} KB`);
  }
}
