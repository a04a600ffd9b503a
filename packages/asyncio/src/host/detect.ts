import { createBrowserHost } from "./browser.ts";
import { globals, isBun, isDeno, nodeProcess } from "./globals.ts";
import type { Host } from "./host.ts";
import { createNodeHost } from "./node.ts";

/** The host of this thread. */
export const host: Host =
  nodeProcess !== undefined && globals.setImmediate !== undefined
    ? createNodeHost(isBun ? "bun" : isDeno ? "deno" : "node")
    : createBrowserHost();
