// Measures what the package adds to a user's bundle, minified and gzipped, and compares it with size.json (bytes).

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { root } from "./setup.mjs";

/** @returns {Promise<{ name: string, bytes: number, limit: number }[]>} */
export async function measureSizes() {
  const budget = JSON.parse(readFileSync(new URL("size.json", import.meta.url), "utf8"));
  return Promise.all(
    Object.entries(budget).map(async ([name, { code, limit }]) => {
      const { outputFiles } = await build({
        stdin: { contents: code, resolveDir: root, loader: "js" },
        bundle: true,
        write: false,
        minify: true,
        format: "esm",
        platform: "browser",
        target: "es2022",
        external: ["node:*"],
        logLevel: "silent",
      });
      return { name, bytes: gzipSync(outputFiles[0].contents, { level: 9 }).length, limit };
    }),
  );
}

export function describeSize({ name, bytes, limit }) {
  const kilobytes = (value) => `${(value / 1024).toFixed(1)} KB`;
  return `${name} ${kilobytes(bytes)} of ${kilobytes(limit)}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const sizes = await measureSizes();
  for (const size of sizes) console.log(describeSize(size));
  process.exit(sizes.some(({ bytes, limit }) => bytes > limit) ? 1 : 0);
}
