import { type Sharing, sharing } from "../../border/sharing.ts";
import { builtin, isBun, isDeno, nodeProcess } from "../../host/globals.ts";
import { RuntimeError } from "../../loop/errors.ts";
import type { TaskDefinition } from "../worker-task.ts";

// biome-ignore lint/suspicious/noExplicitAny: whatever the module exports
export type TaskFunction = (...args: any[]) => unknown;

/** The function of a task; a module is imported once. */
export function loadTask(definition: TaskDefinition, folder: string): TaskFunction | Promise<TaskFunction> {
  return definition.kind === "source"
    ? compile(definition.source, definition.captures)
    : importTask(definition, folder);
}

function compile(source: string, captures: unknown): TaskFunction {
  // Build tools that keep names put calls of `__name` into functions.
  const fn = new Function("__name", `return ${source}`)((named: unknown) => named) as TaskFunction;
  return function (this: unknown, ...args: unknown[]) {
    return fn.call(this, captures, ...args);
  };
}

async function importTask({ url, name }: TaskDefinition & { kind: "export" }, folder: string): Promise<TaskFunction> {
  const module = await importModule(existingSource(url), folder);
  const found = module[name] ?? (module["default"] as Record<string, unknown> | undefined)?.[name];
  if (typeof found === "function") return found as TaskFunction;
  const exported = Object.keys(module).join(", ");
  throw new RuntimeError(`${url} exports no function '${name}' (it exports ${exported === "" ? "nothing" : exported})`);
}

async function importModule(url: string, folder: string): Promise<Record<string, unknown>> {
  // Not only when an import has failed: Node remembers failures.
  const isForeign = isTypeScript(url) && !runsTypeScript && !(await registerTsx(url, folder));
  try {
    return await import(url);
  } catch (error) {
    if (!isForeign || (error as { readonly code?: unknown }).code !== "ERR_UNKNOWN_FILE_EXTENSION") throw error;
    throw new RuntimeError(
      `${url} is TypeScript, which this Node cannot run: compile it to JavaScript, install tsx (npm install tsx), or use ` +
        "Node 22.18 or newer",
      { cause: error },
    );
  }
}

const { features } = nodeProcess as unknown as { readonly features?: { readonly typescript?: unknown } };
const runsTypeScript = isBun || isDeno || Boolean(features?.typescript);

function isTypeScript(url: string): boolean {
  return /\.[mc]?tsx?$/.test(new URL(url).pathname);
}

/** As TypeScript's own resolution: `./jobs.js` stands for `./jobs.ts` where only that is there. */
function existingSource(url: string): string {
  const match = /^file:.*\.([mc]?)js$/.exec(url);
  const fs = builtin<{ existsSync(path: URL): boolean }>("fs");
  if (match === null || fs === undefined || fs.existsSync(new URL(url))) return url;
  const source = url.replace(/js$/, "ts");
  return fs.existsSync(new URL(source)) ? source : url;
}

/** What makes locks and queues of their handles: loaded with the task's module, or from where that would find it. */
export async function loadSharing(definition: TaskDefinition, folder: string): Promise<Sharing> {
  const { createRequire } = builtin<{ createRequire(from: string): Require }>("module")!;
  const { pathToFileURL } = builtin<{ pathToFileURL(path: string): URL }>("url")!;
  for (const from of definition.kind === "export" ? [definition.url, folder] : [folder]) {
    if (sharing() !== undefined) break;
    try {
      await import(pathToFileURL(createRequire(from).resolve("asyncio-ts/threading")).href);
    } catch {}
  }
  const found = sharing();
  if (found !== undefined) return found;
  throw new RuntimeError(
    `${definition.name} was given a shared object: import asyncio-ts/threading in the module of the job`,
  );
}

let tsxRegistered = false;

/** tsx as the job's own folder has it, else the one of the folder that the program runs in. */
async function registerTsx(url: string, folder: string): Promise<boolean> {
  if (tsxRegistered) return true;
  const { createRequire } = builtin<{ createRequire(from: string): Require }>("module")!;
  const { pathToFileURL } = builtin<{ pathToFileURL(path: string): URL }>("url")!;
  for (const from of [url, folder]) {
    const require = createRequire(from);
    let entry: URL;
    try {
      // `require.resolve` finds what is meant for `require`; the module for `import` stands in the manifest.
      const path = require.resolve("tsx/package.json");
      const { exports } = require(path) as { exports: Record<string, { import: { default: string } }> };
      entry = new URL(exports["./esm/api"]!.import.default, pathToFileURL(path));
    } catch {
      continue;
    }
    const { register } = (await import(entry.href)) as { register(): unknown };
    register();
    tsxRegistered = true;
    return true;
  }
  return false;
}

interface Require {
  (path: string): unknown;
  resolve(name: string): string;
}

export function exitWorker(code: number): void {
  nodeProcess!.exit(code);
}
