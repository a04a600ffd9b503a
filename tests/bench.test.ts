// The benchmark's own programs keep running when the core changes. Nothing here looks at a speed.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
const rows = ["sleep0-100", "sleep0-1", "create-join", "frames", "frames:coroutine", "frames-sleep0"].concat([
  "frames-sleep0:coroutine",
  "ping-pong",
  "cancel",
  "task-group",
  "timeout",
  "map-concurrent",
  "memory",
  "queue",
  "queue-1",
  "queue-100",
  "channel",
  "queue-waiters",
]);

describe.each(["generator", "native"])("bench, %s", (kind) => {
  it("runs every row", { timeout: 60_000 }, async () => {
    const program = join(root, "bench", "contestants", `${kind}.mjs`);
    const settings = JSON.stringify({ warmup: 0, window: 1, count: 100, live: 10 });
    const own = kind === "generator" ? [...rows, "create-join:eager", "timers"] : rows;
    const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", program, own.join(","), settings]);
    const results = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { readonly row: string });
    expect(results.map((result) => result.row)).toEqual(own);
  });
});
