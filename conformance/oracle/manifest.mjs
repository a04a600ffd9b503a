// The list of pairs as one TypeScript module, so that a bundle of the tests needs no file system.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Names of all programs below `root`, such as "futures/callback-order", sorted. */
export function programs(root) {
  const names = [];
  for (const topic of readdirSync(root, { withFileTypes: true })) {
    if (!topic.isDirectory() || topic.name === "oracle") continue;
    for (const file of readdirSync(join(root, topic.name))) {
      if (file.endsWith(".py")) names.push(`${topic.name}/${file.slice(0, -3)}`);
    }
  }
  return names.sort();
}

/** The text of manifest.ts: every twin imported statically, with its program's recorded output. */
export function renderManifest(root) {
  const names = programs(root).filter(
    (name) => existsSync(join(root, `${name}.ts`)) && existsSync(join(root, `${name}.out`)),
  );
  const variable = (name) => name.replace(/[^a-z0-9]+([a-z0-9])/g, (_, letter) => letter.toUpperCase());
  const lines = [
    "// Written by oracle/oracle.mjs. Do not edit.",
    "// biome-ignore-all format: generated",
    "// biome-ignore-all assist: generated",
    `import type { Pair } from "./twin.ts";`,
    ...names.map((name) => `import * as ${variable(name)} from "./${name}.ts";`),
    "",
    "export const pairs: readonly Pair[] = [",
    ...names.map((name) => {
      const expected = readFileSync(join(root, `${name}.out`), "utf8");
      return `  { name: ${JSON.stringify(name)}, twin: ${variable(name)}, expected: ${JSON.stringify(expected)} },`;
    }),
    "];",
    "",
  ];
  return lines.join("\n");
}
