import { nodeProcess } from "../host/globals.ts";
import { functionLabel, repr } from "../loop/repr.ts";

/** What a worker needs to find a function: a module's export, or its source with the values that it uses. */
export type TaskDefinition =
  | { readonly kind: "export"; readonly url: string; readonly name: string }
  | { readonly kind: "source"; readonly source: string; readonly name: string; readonly captures: unknown };

declare const signature: unique symbol;

/** A function that a worker can run: made by `workerModule` or `inline`. */
export class WorkerTask<A extends readonly unknown[] = readonly unknown[], R = unknown> {
  declare readonly [signature]: (...args: A) => R;
  /** The name in reports. */
  readonly name: string;
  /** @internal */ readonly _definition: TaskDefinition;

  constructor(definition: TaskDefinition) {
    this._definition = definition;
    this.name = definition.name;
  }

  toString(): string {
    return `<WorkerTask ${this.name}>`;
  }
}

/** The functions that a module exports, as tasks for workers. */
export type WorkerModule<M> = {
  readonly [K in keyof M as M[K] extends (...args: never[]) => unknown ? K : never]: M[K] extends (
    ...args: infer A
  ) => infer R
    ? WorkerTask<A, Awaited<R>>
    : never;
};

/**
 * Typed references to the functions that a module exports, for executors; the module is loaded by workers only:
 * `const jobs = workerModule<typeof import("./jobs.js")>(new URL("./jobs.js", import.meta.url))`, then
 * `pool.submit(jobs.factorial, 25n)`. Throws `TypeError` for what is no absolute URL. Whether the function exists is
 * found out by the worker; the job fails if not.
 */
export function workerModule<M extends object>(url: { readonly href: string } | string): WorkerModule<M> {
  const href = typeof url === "string" ? url : url?.href;
  if (typeof href !== "string" || !/^[a-z][a-z\d+.-]+:/i.test(href)) {
    throw new TypeError(
      `workerModule() takes an absolute URL, such as new URL("./jobs.js", import.meta.url), not ${repr(url)}`,
    );
  }
  const tasks = new Map<string, WorkerTask>();
  return new Proxy(Object.create(null) as object, {
    get(_, name) {
      // A value with `then` would be taken for a promise.
      if (typeof name !== "string" || name === "then") return undefined;
      let task = tasks.get(name);
      if (task === undefined) {
        task = new WorkerTask({ kind: "export", url: href, name });
        tasks.set(name, task);
      }
      return task;
    },
    set() {
      throw new TypeError("the tasks of a module cannot be set");
    },
  }) as WorkerModule<M>;
}

/** Throws for what no worker can run, and says what to write. */
export function checkTask(task: unknown): asserts task is WorkerTask {
  if (task instanceof WorkerTask) return;
  if (typeof task === "function") {
    throw new TypeError(
      `${functionLabel(task)} is no task for a worker, because functions cannot be sent there: export it from a module ` +
        'and name that with workerModule<typeof import("./jobs.js")>(new URL("./jobs.js", import.meta.url)), or give ' +
        "inline(captures, (captures, ...args) => …) what it uses",
    );
  }
  throw new TypeError(`a task of workerModule() or inline() is expected, got ${repr(task)}`);
}

/** A job's function in reports: its name, and the file it is from. */
export function describeTask(task: WorkerTask): string {
  const definition = task._definition;
  if (definition.kind === "source") return definition.name;
  return `${definition.name} of ${definition.url.replace(/^.*\//, "")}`;
}

/** The folder that relative paths of the program stand for, as an URL. */
export function workingFolder(): string {
  const cwd = (nodeProcess as unknown as { cwd?(): string } | undefined)?.cwd?.() ?? "/";
  return `file://${cwd}/`;
}
