// Preloaded with --import into a user's program: lets it be TypeScript, lets it import asyncio-ts wherever it lies,
// and shows its errors with its own lines only.

import * as module from "node:module";
import { isMainThread } from "node:worker_threads";
import * as hooks from "./hooks.mjs";
import { report } from "./report.mjs";

if (module.registerHooks) module.registerHooks(hooks);
else module.register("./hooks.mjs", import.meta.url);

if (isMainThread) {
  process.on("uncaughtException", (error) => {
    // A program that listens itself has the last word.
    if (process.listenerCount("uncaughtException") > 1) return;
    report(error);
    process.exit(1);
  });
}
