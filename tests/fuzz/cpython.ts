// CPython's answers: the oracle of the conformance programs runs interpreter.py.
import { readFileSync } from "node:fs";
import { isInstalled, loadPython } from "../../conformance/oracle/python.mjs";
import type { Program } from "./program.ts";

export { isInstalled };

/** Starts CPython; the function gives the logs of programs. */
export async function startCPython(): Promise<(programs: readonly Program[]) => string[][]> {
  const python = await loadPython(() => {});
  python.runPython(readFileSync(new URL("interpreter.py", import.meta.url), "utf8"));
  const interpretAll = python.globals.get("interpret_all");
  return (programs) => JSON.parse(interpretAll(JSON.stringify(programs))) as string[][];
}
