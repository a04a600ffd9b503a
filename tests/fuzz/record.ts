// npm start -- tests/fuzz/record.ts
//
// Records CPython's answers to the first seeds, for fuzz.test.ts, which runs without CPython. Needed when the programs
// change; the oracle must be installed (`npm run oracle`).
import { writeFileSync } from "node:fs";
import { startCPython } from "./cpython.ts";
import { generate } from "./generate.ts";

const SEEDS = 60;

const answer = await startCPython();
const record = (name: string, eager: boolean): string => {
  const programs = Array.from({ length: SEEDS }, (_, i) => generate(i + 1, { eager }));
  const lines = answer(programs).map((log) => `  ${JSON.stringify(log.join("\n"))},`);
  return `export const ${name}: readonly string[] = [\n${lines.join("\n")}\n];\n`;
};
const head =
  "// Written by record.ts: what CPython logs for the seeds from 1 on. Do not edit.\n// biome-ignore-all format: generated\n";
writeFileSync(
  new URL("answers.ts", import.meta.url),
  `${head}${record("answers", false)}${record("eagerAnswers", true)}`,
);
