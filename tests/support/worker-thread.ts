// Runs code in a worker thread that uses the compiled package, on the runtime that runs the tests.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { toWire } from "../../packages/asyncio/src/threading/wire.ts";

export interface RunningWorker<T> {
  readonly worker: Worker;
  /** What the code has returned; rejects when it throws or the worker ends before. */
  readonly result: Promise<T>;
  /** When the worker has ended, its exit code. */
  readonly exit: Promise<number>;
}

/**
 * `source` is the body of an async function of `data`, `threading` (the module), `asyncio` (the module). Shared objects
 * in `data` arrive as such.
 */
export function startWorker<T = unknown>(source: string, data: unknown, package_: URL): RunningWorker<T> {
  const folder = mkdtempSync(join(tmpdir(), "asyncio-ts-"));
  const file = join(folder, "worker.mjs");
  const module = (path: string): string => JSON.stringify(new URL(`dist/${path}`, package_).href);
  writeFileSync(
    file,
    `import { parentPort, workerData } from "node:worker_threads";
    import * as asyncio from ${module("index.js")};
    import * as threading from ${module("threading/index.js")};
    const data = threading.fromWire(workerData);
    try {
      const value = await (async () => { ${source} })();
      parentPort.postMessage({ value });
    } catch (error) {
      parentPort.postMessage({ error: String(error) });
    }`,
  );
  const worker = new Worker(pathToFileURL(file), { workerData: toWire(data) as never });
  const exit = new Promise<number>((resolve) => worker.once("exit", resolve));
  const result = new Promise<T>((resolve, reject) => {
    worker.once("message", (message: { readonly value: T; readonly error?: string }) =>
      message.error === undefined ? resolve(message.value) : reject(new Error(message.error)),
    );
    worker.once("error", reject);
    void exit.then((code) => reject(new Error(`the worker has ended with code ${code}`)));
  });
  result.catch(() => {});
  void exit.then(() => rmSync(folder, { recursive: true, force: true }));
  return { worker, result, exit };
}
