import { createRequire } from "node:module";
import type { ESLint, Linter } from "eslint";
import { noAsyncCallInGather } from "./rules/no-async-call-in-gather.ts";
import { noClosureForExecutor } from "./rules/no-closure-for-executor.ts";
import { noFloatingCoroutine } from "./rules/no-floating-coroutine.ts";
import { noMillisecondDelay } from "./rules/no-millisecond-delay.ts";
import { noSwallowedCancelledError } from "./rules/no-swallowed-cancelled-error.ts";

const { name, version } = createRequire(import.meta.url)("../package.json") as { name: string; version: string };

interface Plugin extends ESLint.Plugin {
  readonly configs: { readonly recommended: Linter.Config & { readonly plugins: Record<string, ESLint.Plugin> } };
}

/**
 * The ESLint plugin of asyncio-ts, for ESLint's flat configuration: `plugin.configs.recommended` turns all rules on.
 * They use types where the parser gives them, and what a file itself tells where not.
 */
const plugin: Plugin = {
  meta: { name, version, namespace: "@asyncio-ts" },
  rules: {
    "no-async-call-in-gather": noAsyncCallInGather,
    "no-closure-for-executor": noClosureForExecutor,
    "no-floating-coroutine": noFloatingCoroutine,
    "no-millisecond-delay": noMillisecondDelay,
    "no-swallowed-cancelled-error": noSwallowedCancelledError,
  },
  configs: {
    recommended: {
      name: "@asyncio-ts/recommended",
      plugins: {},
      rules: {
        "@asyncio-ts/no-async-call-in-gather": "error",
        "@asyncio-ts/no-closure-for-executor": "error",
        "@asyncio-ts/no-floating-coroutine": "error",
        "@asyncio-ts/no-millisecond-delay": "error",
        "@asyncio-ts/no-swallowed-cancelled-error": "error",
      },
    },
  },
};

// The very object: ESLint refuses two plugins under one name.
plugin.configs.recommended.plugins["@asyncio-ts"] = plugin;

export default plugin;
