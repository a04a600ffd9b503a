import { fileURLToPath } from "node:url";
import { transform } from "esbuild";
import { defineConfig, type ViteUserConfig } from "vitest/config";

const core = fileURLToPath(new URL("packages/asyncio/src", import.meta.url));
const plugin = fileURLToPath(new URL("packages/eslint-plugin/src", import.meta.url));
const long = process.env["ASYNCIO_TS_LONG"] === "1";

export default defineConfig({
  resolve: {
    // Tests meet the sources, so that a test and what it imports by name are one copy of the package.
    alias: [
      { find: /^asyncio-ts$/, replacement: `${core}/index.ts` },
      { find: /^asyncio-ts\/(\w+)$/, replacement: `${core}/$1/index.ts` },
      { find: /^@asyncio-ts\/eslint-plugin$/, replacement: `${plugin}/index.ts` },
    ],
  },
  esbuild: false,
  plugins: [typescript()],
  test: {
    include: long
      ? ["**/*.long.test.ts"]
      : ["packages/*/src/**/*.test.ts", "{conformance,examples,tests}/**/*.test.ts", "tools/**/*.test.mjs"],
    exclude: ["**/node_modules/**", "**/dist/**", ...(long ? [] : ["**/*.long.test.ts"])],
    // Signals, process events and the garbage collector belong to a whole process.
    pool: "forks",
    execArgv: ["--expose-gc"],
    testTimeout: long ? 600_000 : 10_000,
  },
});

/**
 * Vite's own way to TypeScript has esbuild rename functions that shadow an outer name (and cannot be told not to), while
 * tasks print the names of their coroutines.
 */
function typescript(): NonNullable<ViteUserConfig["plugins"]>[number] {
  return {
    name: "typescript",
    enforce: "pre",
    async transform(source: string, id: string) {
      if (!id.endsWith(".ts")) return undefined;
      const target = "node20";
      return await transform(source, { loader: "ts", keepNames: true, sourcemap: "external", sourcefile: id, target });
    },
  };
}
